package dev.zhiku.ingest.split;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Block.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The units of one document: walks its blocks, keeps the headings above each, and takes long blocks
 * apart.
 */
final class SplitUnits {
  private static final String CELL_SEPARATOR = " | ";

  private final int largest;
  private final List<SplitUnit> units = new ArrayList<>();
  private final List<Block.Heading> chain = new ArrayList<>();
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
    blocks.forEach(units::add);
    return units;
  }

  List<SplitUnit> list() {
    return List.copyOf(units);
  }

  /** The title of the outermost document. */
  Optional<String> title() {
    return title;
  }

  private void add(Block block) {
    if (!block.place().entry().equals(entry)) {
      entry = block.place().entry();
      chain.clear();
    }
    switch (block) {
      case Block.Heading heading -> addHeading(heading);
      case Block.Paragraph paragraph -> addText(paragraph.text(), paragraph.place(), 0);
      case Block.Preformatted code -> addText(code.text(), code.place(), 0);
      case Block.Row row -> addText(line(row), row.place(), row.cells().size());
    }
  }

  private void addHeading(Block.Heading heading) {
    if (heading.level() == 0) {
      chain.clear();
      if (entry.isEmpty() && title.isEmpty()) {
        title = Optional.of(heading.text());
      }
    } else {
      chain.removeIf(above -> above.level() >= heading.level());
      chain.add(heading);
    }
    addParts(heading.text(), heading.place(), true, 0);
  }

  private void addText(String text, Place place, int columns) {
    addParts(text, place, false, columns);
  }

  private void addParts(String text, Place place, boolean heading, int columns) {
    List<String> headings = chain.stream().map(Block.Heading::text).toList();
    List<String> parts =
        TextSize.of(text) <= largest ? List.of(text) : Sentences.of(text, largest / 2);
    boolean continues = false;
    for (String part : parts) {
      if (!part.isBlank()) {
        units.add(
            new SplitUnit(part, place, headings, heading, columns, continues, TextSize.of(part)));
        continues = true;
      }
    }
  }

  /** A row as {@code column: value} pairs, which say what they mean wherever a table is cut. */
  private static String line(Block.Row row) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < row.cells().size(); i++) {
      String cell = row.cells().get(i);
      String column = i < row.header().size() ? row.header().get(i) : "";
      if (!cell.isBlank()) {
        pairs.add(column.isBlank() ? cell : column + ": " + cell);
      }
    }
    return String.join(CELL_SEPARATOR, pairs);
  }
}
