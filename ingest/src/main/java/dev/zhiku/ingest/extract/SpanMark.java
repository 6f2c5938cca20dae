package dev.zhiku.ingest.extract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A note to ourselves at the beginning of a cell of a rewritten document: what the cell covers and
 * whether it is a header, which the parsers in between do not tell. It is written in characters
 * that no text may hold.
 */
public final class SpanMark {
  private static final char BEGIN = '\uFDD0';
  private static final char END = '\uFDD1';
  private static final Pattern MARK = Pattern.compile(BEGIN + "(\\d{1,5})x(\\d{1,5})(h?)" + END);
  private static final SpanMark NONE = new SpanMark(1, 1, false);

  private final int rows;
  private final int columns;
  private final boolean header;

  private SpanMark(int rows, int columns, boolean header) {
    this.rows = rows;
    this.columns = columns;
    this.header = header;
  }

  /** The mark; empty where it would say nothing. */
  public static String of(int rows, int columns, boolean header) {
    return rows == 1 && columns == 1 && !header
        ? ""
        : BEGIN + "" + rows + "x" + columns + (header ? "h" : "") + END;
  }

  /** The first mark in the text of a cell. */
  public static SpanMark in(CharSequence text) {
    Matcher mark = MARK.matcher(text);
    return mark.find()
        ? new SpanMark(
            Integer.parseInt(mark.group(1)),
            Integer.parseInt(mark.group(2)),
            !mark.group(3).isEmpty())
        : NONE;
  }

  /** The text without marks. */
  public static String without(String text) {
    return text.indexOf(BEGIN) < 0 ? text : MARK.matcher(text).replaceAll("");
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public boolean isHeader() {
    return header;
  }
}
