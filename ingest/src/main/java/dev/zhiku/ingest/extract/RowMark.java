package dev.zhiku.ingest.extract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A note to ourselves in the first cell of a row of a rewritten sheet: the number of the row, and
 * how many hidden rows before it were taken out, which the parsers in between do not tell. It is
 * written in characters that no text may hold.
 *
 * @param number of the row in its sheet, from 1
 * @param skipped hidden rows between the row before in the copy and this one
 */
public record RowMark(int number, int skipped) {
  private static final char BEGIN = '\uFDD6';
  private static final char END = '\uFDD7';
  private static final Pattern MARK = Pattern.compile(BEGIN + "(\\d{1,7})-(\\d{1,7})" + END);

  /** The mark as it is written into the cell. */
  public String written() {
    return BEGIN + "" + number + "-" + skipped + END;
  }

  /** The first mark in the text of a cell; null if there is none. */
  public static @Nullable RowMark in(CharSequence text) {
    Matcher mark = MARK.matcher(text);
    return mark.find()
        ? new RowMark(Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)))
        : null;
  }

  /** The text without marks. */
  public static String without(String text) {
    return text.indexOf(BEGIN) < 0 ? text : MARK.matcher(text).replaceAll("");
  }
}
