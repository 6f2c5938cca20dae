package dev.zhiku.ingest.split;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.index.TextBlock;
import dev.zhiku.ingest.extract.Block.Place;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The smallest thing that passages are made of: a heading, a paragraph, a row, or a part of a block
 * too long for one passage.
 *
 * @param kind of the block that it is or belongs to
 * @param text as shown
 * @param headings the chain above it, outermost first; a heading's own text is the last
 * @param lead what introduces it
 * @param cells of a row, counted from the beginning of the text
 * @param columns of a row, 0 for anything else
 * @param continues whether it is a later part of the same block as the unit before it
 * @param size of the text, as in {@link TextSize}
 */
record SplitUnit(
    TextBlock.Kind kind,
    String text,
    Place place,
    List<String> headings,
    Optional<String> lead,
    List<TextBlock.Cell> cells,
    int columns,
    boolean continues,
    int size) {
  /** An empty page may stand between a heading and its text. */
  private static final int PAGES_BETWEEN = 2;

  private static final Pattern ITEM = Pattern.compile("(?s)(?:[-•·▪*]|\\d{1,3}[.)])\\s.*");

  SplitUnit {
    headings = List.copyOf(headings);
    cells = List.copyOf(cells);
  }

  boolean heading() {
    return kind == TextBlock.Kind.HEADING;
  }

  /** Whether it stands in a list or a table, close to its neighbours. */
  boolean isLine() {
    return columns > 0 || ITEM.matcher(text).matches();
  }

  /** Whether it says little without what follows: a heading, a question. */
  boolean opens() {
    return heading() || kind == TextBlock.Kind.QUESTION;
  }

  /** Whether it is the caption of a table whose first row the other is. */
  boolean names(SplitUnit other) {
    return kind == TextBlock.Kind.CAPTION
        && other.kind == TextBlock.Kind.ROW
        && other.lead.isPresent();
  }

  /** Whether it says little without what stands before it: an item of a list, an answer. */
  boolean isIntroduced() {
    return lead.isPresent() && kind != TextBlock.Kind.ROW;
  }

  /** Whether a passage may not hold both: another page, slide, sheet, or file inside the file. */
  boolean standsApartFrom(SplitUnit other) {
    return !isOfSamePart(other)
        || switch (place.kind()) {
          case PAGE, SLIDE -> place.start() != other.place().start();
          case CELLS, LINES, WHOLE -> false;
        };
  }

  /** Whether both are from the same file and sheet, counted alike. */
  boolean isOfSamePart(SplitUnit other) {
    return place.kind() == other.place().kind()
        && place.entry().equals(other.place().entry())
        && place.sheet().equals(other.place().sheet());
  }

  /**
   * Whether it is a heading that stands directly before the other, be it on the page before.
   *
   * @param first whether nothing stands before it: a title page leads however far the text is
   */
  boolean leadsTo(SplitUnit other, boolean first) {
    Place next = other.place();
    boolean near =
        first || place.kind() != next.kind() || next.start() - place.start() <= PAGES_BETWEEN;
    boolean placed = place.kind() == next.kind() || place.kind() == Kind.WHOLE;
    return heading()
        && placed
        && near
        && place.entry().equals(next.entry())
        && (place.sheet().isEmpty() || place.sheet().equals(next.sheet()));
  }
}
