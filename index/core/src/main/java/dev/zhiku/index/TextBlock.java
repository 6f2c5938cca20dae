package dev.zhiku.index;

import dev.zhiku.index.embedding.Language;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A typed piece of a passage's text: a paragraph, an item, a row. Immutable; equal by value.
 *
 * @param start first character in the text of the passage, on a border of code points
 * @param end after the last character
 * @param heading the headings above it, outermost first; a heading's own text is the last; for
 *     {@link Passage.Location.Kind#CELLS} the sheet's name comes first
 * @param lead what introduces it and may stand in another passage: the announcement before a list
 *     or code, the question before an answer
 * @param cells the values of a row, in order, without empty ones
 * @param origin where it stands in the original
 */
public record TextBlock(
    Kind kind,
    int start,
    int end,
    List<String> heading,
    Optional<String> lead,
    List<Cell> cells,
    Language language,
    Origin origin) {

  /** Sort of a block. */
  public enum Kind {
    PARAGRAPH,
    HEADING,
    LIST_ITEM,
    ROW,
    QUESTION,
    ANSWER,
    CODE,
    CAPTION,
    /** A remark beside the text: a comment, a footnote. */
    NOTE
  }

  public TextBlock {
    heading = List.copyOf(heading);
    cells = List.copyOf(cells);
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("a block cannot span " + start + ".." + end);
    }
    int at = start;
    for (Cell cell : cells) {
      if (cell.start() < at || cell.end() > end) {
        throw new IllegalArgumentException(cell + " is out of place in " + start + ".." + end);
      }
      at = cell.end();
    }
  }

  /** The characters themselves. */
  public String in(String text) {
    return text.substring(start, end);
  }

  /** Refuses blocks that are out of order, overlap, leave the text or cut a character in half. */
  static void requireOrdered(List<TextBlock> blocks, String text) {
    int at = 0;
    for (TextBlock block : blocks) {
      if (block.start < at || block.end > text.length()) {
        throw new IllegalArgumentException(
            "block " + block.start + ".." + block.end + " is out of place behind " + at);
      }
      if (isInsidePair(text, block.start) || isInsidePair(text, block.end)) {
        throw new IllegalArgumentException(
            "block " + block.start + ".." + block.end + " cuts a character in half");
      }
      at = block.end;
    }
  }

  private static boolean isInsidePair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  /**
   * A value of a row.
   *
   * @param column name of its column; empty where it has none
   * @param start first character of the value in the text of the passage
   * @param end after the last character of the value
   */
  public record Cell(String column, int start, int end) {
    public Cell {
      if (start < 0 || end <= start) {
        throw new IllegalArgumentException("a cell cannot span " + start + ".." + end);
      }
    }

    /** The value itself. */
    public String in(String text) {
      return text.substring(start, end);
    }
  }

  /**
   * Place of a block in the original, counted as the passage's location counts.
   *
   * @param start first page, slide, row or line, from 1; 0 where nothing is counted
   * @param end last one, inclusive
   * @param pageLabel the page's number as printed, where the file says so and it is another one
   * @param recognised how sure text recognition was of it, in percent; empty for what was text
   */
  public record Origin(int start, int end, Optional<String> pageLabel, OptionalInt recognised) {
    /** Nothing is known of it. */
    public static final Origin NONE = new Origin(0, 0, Optional.empty(), OptionalInt.empty());

    public Origin {
      if (start < 0 || end < start) {
        throw new IllegalArgumentException("an origin cannot be " + start + ".." + end);
      }
    }
  }
}
