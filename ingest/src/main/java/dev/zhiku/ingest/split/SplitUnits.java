package dev.zhiku.ingest.split;

import dev.zhiku.index.TextBlock;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Block.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The units of one document: walks its blocks, keeps the headings above each, and takes long blocks
 * apart.
 */
final class SplitUnits {
  /** How much longer than other text a row, item, clause or piece of code may be. */
  private static final int AS_ONE = 2;

  private static final Pattern LINE_END = Pattern.compile("(?<=\\n)");

  private final int largest;
  private final List<SplitUnit> units = new ArrayList<>();
  private final List<Block.Heading> chain = new ArrayList<>();
  private final BlockKinds kinds = new BlockKinds();
  private Optional<String> entry = Optional.empty();
  private Optional<String> title = Optional.empty();

  private SplitUnits(int largest) {
    this.largest = largest;
  }

  /**
   * @param largest size of a unit, as in {@link TextSize}
   */
  static SplitUnits of(List<Block> blocks, int largest) {
    SplitUnits units = new SplitUnits(largest);
    List<Optional<String>> captions = TableCaptions.of(blocks);
    for (int i = 0; i < blocks.size(); i++) {
      units.add(blocks.get(i), captions.get(i));
    }
    return units;
  }

  List<SplitUnit> list() {
    return List.copyOf(units);
  }

  /** The title of the outermost document. */
  Optional<String> title() {
    return title;
  }

  private void add(Block block, Optional<String> caption) {
    if (!block.place().entry().equals(entry)) {
      entry = block.place().entry();
      chain.clear();
      kinds.forget();
    }
    BlockKinds.Told told = kinds.next(block);
    switch (block) {
      case Block.Heading heading -> addHeading(heading, told);
      case Block.Paragraph paragraph -> addText(told, paragraph.text(), paragraph.place());
      case Block.Preformatted code -> addText(told, code.text(), code.place());
      case Block.Row row -> addRow(row, new BlockKinds.Told(told.kind(), caption));
    }
  }

  private void addHeading(Block.Heading heading, BlockKinds.Told told) {
    if (heading.level() == 0) {
      chain.clear();
      if (entry.isEmpty() && title.isEmpty()) {
        title = Optional.of(heading.text());
      }
    } else {
      chain.removeIf(above -> above.level() >= heading.level());
      chain.add(heading);
    }
    addText(told, heading.text(), heading.place());
  }

  private void addText(BlockKinds.Told told, String text, Place place) {
    add(told, place, 0, new RowText(text, List.of()), parts(told.kind(), text));
  }

  private void addRow(Block.Row row, BlockKinds.Told told) {
    RowText text = RowText.of(row);
    add(told, row.place(), row.cells().size(), text, parts(told.kind(), text.text()));
  }

  /**
   * A text that fits, or its parts. What is read as one, such as a row or a clause, is taken apart
   * only when it is twice as long as other text may be; code between its lines.
   */
  private List<String> parts(TextBlock.Kind kind, String text) {
    boolean whole =
        switch (kind) {
          case LIST_ITEM, ROW, CODE -> true;
          case PARAGRAPH, HEADING, QUESTION, ANSWER, CAPTION, NOTE -> BlockKinds.isClause(text);
        };
    if (TextSize.of(text) <= (whole ? largest * AS_ONE : largest)) {
      return List.of(text);
    }
    if (kind != TextBlock.Kind.CODE) {
      return Sentences.of(text, largest / 2);
    }
    return LINE_END
        .splitAsStream(text)
        .flatMap(
            line ->
                TextSize.of(line) <= largest
                    ? Stream.of(line)
                    : Sentences.of(line, largest / 2).stream())
        .toList();
  }

  private void add(
      BlockKinds.Told told, Place place, int columns, RowText whole, List<String> parts) {
    List<String> headings = chain.stream().map(Block.Heading::text).toList();
    boolean continues = false;
    int at = 0;
    for (String part : parts) {
      if (!part.isBlank()) {
        units.add(
            new SplitUnit(
                told.kind(),
                part,
                place,
                headings,
                told.lead(),
                whole.within(at, at + part.length()),
                columns,
                continues,
                TextSize.of(part)));
        continues = true;
      }
      at += part.length();
    }
  }
}
