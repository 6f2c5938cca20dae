package dev.zhiku.ingest.split;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Cell;
import dev.zhiku.index.TextBlock.Origin;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.ingest.extract.Block.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a passage with its blocks. Between two blocks stands nothing but white space.
 *
 * @param blocks in order; parts of one block that follow each other are one
 */
record PassageText(String text, List<TextBlock> blocks) {
  PassageText {
    blocks = List.copyOf(blocks);
  }

  /**
   * Puts units together.
   *
   * @param overlap words before the first unit that belong to the same block
   */
  static PassageText of(String overlap, List<SplitUnit> units) {
    Joining joining = new Joining(overlap);
    units.forEach(joining::add);
    return joining.finish();
  }

  /** The headings above a unit as they are shown; the name of its sheet is the outermost. */
  static List<String> headings(SplitUnit unit) {
    List<String> headings = new ArrayList<>();
    if (unit.place().kind() == Kind.CELLS) {
      unit.place().sheet().ifPresent(headings::add);
    }
    headings.addAll(unit.headings());
    return headings;
  }

  private static final class Joining {
    private final StringBuilder text = new StringBuilder();
    private final List<TextBlock> blocks = new ArrayList<>();
    private final List<SplitUnit> open = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();
    private int start;

    Joining(String overlap) {
      text.append(overlap.stripLeading());
    }

    void add(SplitUnit unit) {
      if (!open.isEmpty() && !unit.continues()) {
        endBlock();
        text.append(unit.isLine() && open.getLast().isLine() ? "\n" : "\n\n");
        open.clear();
        start = text.length();
      }
      open.add(unit);
      int blanks = text.isEmpty() ? leadingBlanks(unit.text()) : 0;
      int shift = text.length() - blanks;
      text.append(unit.text(), blanks, unit.text().length());
      for (Cell cell : unit.cells()) {
        cells.add(new Cell(cell.column(), cell.start() + shift, cell.end() + shift));
      }
    }

    PassageText finish() {
      endBlock();
      String whole = text.toString().stripTrailing();
      return new PassageText(whole, blocks);
    }

    private void endBlock() {
      int from = start;
      int to = text.length();
      while (from < to && Character.isWhitespace(text.charAt(from))) {
        from++;
      }
      while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
        to--;
      }
      if (from < to) {
        blocks.add(block(open.getFirst(), from, to));
      }
      cells.clear();
    }

    private TextBlock block(SplitUnit unit, int from, int to) {
      return new TextBlock(
          unit.kind(),
          from,
          to,
          headings(unit),
          unit.lead(),
          cells.stream().filter(cell -> cell.start() >= from && cell.end() <= to).toList(),
          Language.of(text.substring(from, to)),
          origin(unit.place()));
    }

    private static Origin origin(Place place) {
      return new Origin(place.start(), place.end(), place.label(), place.recognised());
    }

    private static int leadingBlanks(String text) {
      return text.length() - text.stripLeading().length();
    }
  }
}
