package dev.zhiku.ingest.extract.tika;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites RTF so that a row of a table is one paragraph: each cell ends with a mark, and the row
 * with the right edges of its cells, which the parser behind does not tell. Marks are characters
 * that no text may hold. Not thread-safe.
 */
final class RtfMarks {
  static final char CELL = '\uFDD8';
  static final char ROW = '\uFDD9';
  static final char END = '\uFDDA';

  /** Behind an edge: the cell goes on with the one to its left, or with the one above it. */
  static final char MERGED_LEFT = 'm';

  static final char MERGED_ABOVE = 'v';

  private static final int LONGEST_WORD = 40;
  private static final int MOST_CELLS = 1_000;

  private final PushbackInputStream in;
  private final OutputStream out;
  private final List<String> edges = new ArrayList<>();
  private String merged = "";
  private boolean inCell;
  private boolean begun;

  private RtfMarks(InputStream in, OutputStream out) {
    this.in = new PushbackInputStream(in);
    this.out = out;
  }

  static void write(InputStream in, OutputStream out) throws IOException {
    RtfMarks marks = new RtfMarks(in, out);
    for (int b = marks.in.read(); b >= 0; b = marks.in.read()) {
      if (b == '\\') {
        marks.control();
      } else {
        out.write(b);
      }
    }
  }

  private void control() throws IOException {
    StringBuilder raw = new StringBuilder("\\");
    int next = in.read();
    while (isLetter(next) && raw.length() <= LONGEST_WORD) {
      raw.append((char) next);
      next = in.read();
    }
    String word = raw.substring(1);
    if (word.isEmpty()) {
      put(raw.toString());
      if (next >= 0) {
        out.write(next);
      }
      return;
    }
    int digits = raw.length();
    while ((next == '-' && raw.length() == digits) || (next >= '0' && next <= '9')) {
      raw.append((char) next);
      next = in.read();
    }
    String number = raw.substring(digits);
    if (next == ' ') {
      raw.append(' ');
    } else if (next >= 0) {
      in.unread(next);
    }
    word(word, number, raw.toString());
  }

  private static boolean isLetter(int character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  private void word(String word, String number, String raw) throws IOException {
    switch (word) {
      case "cell" -> put(mark(CELL));
      case "row" -> put(mark(ROW) + " " + String.join(",", edges) + mark(END) + "\\par ");
      case "nestcell" -> put("\\tab ");
      case "nestrow" -> put("\\line ");
      case "par" -> put(inCell ? "\\line " : raw);
      default -> {
        begin(word);
        put(raw);
        define(word, number);
      }
    }
  }

  /** The parser takes words before the first paragraph for those of the head. */
  private void begin(String word) throws IOException {
    if (word.equals("trowd") && !begun) {
      put("\\pard ");
    }
    begun |= word.equals("pard") || word.equals("trowd");
  }

  private void define(String word, String number) throws IOException {
    switch (word) {
      case "trowd" -> {
        edges.clear();
        merged = "";
      }
      case "clmrg" -> merged = "" + MERGED_LEFT;
      case "clvmrg" -> merged = "" + MERGED_ABOVE;
      case "cellx" -> {
        if (edges.size() < MOST_CELLS) {
          edges.add(number + merged);
        }
        merged = "";
      }
      case "intbl" -> inCell = true;
      case "pard" -> inCell = false;
      case "bin" -> copy(number);
      default -> {}
    }
  }

  private void copy(String number) throws IOException {
    long left = number.matches("\\d{1,10}") ? Long.parseLong(number) : 0;
    byte[] buffer = new byte[8 << 10];
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  /** The character as RTF writes it; the blank ends the group's own control word. */
  private static String mark(char character) {
    return "{\\uc1\\u" + (short) character + "?}";
  }

  private void put(String ascii) throws IOException {
    out.write(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }
}
