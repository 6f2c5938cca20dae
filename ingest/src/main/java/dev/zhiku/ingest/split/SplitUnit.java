package dev.zhiku.ingest.split;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The smallest thing that passages are made of: a heading, a paragraph, a row, or a sentence of a
 * paragraph too long for one passage.
 *
 * @param text as shown
 * @param headings the chain above it, outermost first; a heading's own text is the last
 * @param columns of a row, 0 for anything else
 * @param continues whether it is a later part of the same block as the unit before it
 * @param size of the text, as in {@link TextSize}
 */
record SplitUnit(
    String text,
    Place place,
    List<String> headings,
    boolean heading,
    int columns,
    boolean continues,
    int size) {
  /** An empty page may stand between a heading and its text. */
  private static final int PAGES_BETWEEN = 2;

  private static final Pattern ITEM = Pattern.compile("(?s)(?:[-•·▪*]|\\d{1,3}[.)])\\s.*");

  SplitUnit {
    headings = List.copyOf(headings);
  }

  /** Whether it stands in a list or a table, close to its neighbours. */
  boolean isLine() {
    return columns > 0 || ITEM.matcher(text).matches();
  }

  /** Whether a passage may not hold both: another page, slide, sheet, or file inside the file. */
  boolean standsApartFrom(SplitUnit other) {
    boolean sameKind = place.kind() == other.place().kind();
    boolean samePart =
        place.entry().equals(other.place().entry()) && place.sheet().equals(other.place().sheet());
    return !sameKind
        || !samePart
        || switch (place.kind()) {
          case PAGE, SLIDE -> place.start() != other.place().start();
          case CELLS, LINES, WHOLE -> false;
        };
  }

  /** Whether it is a heading that stands directly before the other, be it on the page before. */
  boolean leadsTo(SplitUnit other) {
    Place next = other.place();
    boolean near = place.kind() != next.kind() || next.start() - place.start() <= PAGES_BETWEEN;
    boolean placed = place.kind() == next.kind() || place.kind() == Kind.WHOLE;
    return heading
        && placed
        && near
        && place.entry().equals(next.entry())
        && (place.sheet().isEmpty() || place.sheet().equals(next.sheet()));
  }
}
