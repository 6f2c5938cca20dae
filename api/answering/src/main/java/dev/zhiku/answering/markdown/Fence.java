package dev.zhiku.answering.markdown;

/**
 * Code between two fences. One that begins a line is code to every renderer, and left as it is; of
 * one that is indented or stands in a list, where it ends depends on the renderer, so what it holds
 * is treated as text. Used by one thread.
 */
final class Fence {
  private static final int LEAST = 3;
  private static final int LONGEST_LINE = 300;
  private static final int INDENTED = 4;

  private final MarkupLine line;
  private String open = "";

  Fence(MarkupLine line) {
    this.line = line;
  }

  boolean isOpen() {
    return !open.isEmpty();
  }

  boolean mayOpen() {
    return line.isFrame() && !line.isEscaped();
  }

  /** The run of fence characters that stands here, or what it is if it opens no fence. */
  int open(Rest rest, CodeSpan spans) {
    char c = rest.at(0);
    int run = rest.run(0, c);
    if (!rest.has(run) && !rest.all() && run < LONGEST_LINE) {
      return 0;
    }
    if (run < LEAST) {
      return c == '`' ? spans.of(rest) : put(rest, run);
    }
    int end = run;
    while (rest.has(end) && end < LONGEST_LINE && isInfo(rest.at(end))) {
      end++;
    }
    if (!rest.has(end) && !rest.all() && end < LONGEST_LINE) {
      return 0;
    }
    if (end >= LONGEST_LINE || (rest.has(end) && rest.at(end) != '\n')) {
      line.becomesStrange();
      return c == '`' ? spans.of(rest) : put(rest, run);
    }
    if (line.isAtStart() && !line.isStrange()) {
      open = rest.text(0, run);
    } else {
      line.becomesStrange();
    }
    return put(rest, run);
  }

  /** What stands in an open fence, up to the end of the line. */
  int inside(Rest rest) {
    if (line.isAtStart()) {
      int closing = closing(rest);
      if (closing >= 0) {
        return closing;
      }
    }
    int end = rest.text().indexOf('\n', rest.from());
    return put(rest, (end < 0 ? rest.text().length() : end + 1) - rest.from());
  }

  /** The end of the fence; 0 where more has to come first, below 0 if it is none. */
  private int closing(Rest rest) {
    char c = open.charAt(0);
    int indent = Math.min(INDENTED, rest.run(0, ' '));
    int run = rest.run(indent, c);
    int end = indent + run;
    while (rest.has(end) && end < LONGEST_LINE && isSpace(rest.at(end))) {
      end++;
    }
    boolean mayBe = indent < INDENTED && (run >= open.length() || !rest.has(indent + run));
    if (mayBe && !rest.has(end) && !rest.all() && end < LONGEST_LINE) {
      return 0;
    }
    if (indent == INDENTED || run < open.length()) {
      return -1;
    }
    boolean endless = end >= LONGEST_LINE;
    if (!endless && rest.has(end) && rest.at(end) != '\n') {
      return -1;
    }
    if (endless) {
      line.becomesStrange();
    }
    open = "";
    return put(rest, indent + run);
  }

  /** Renderers differ about other characters behind a fence. */
  private static boolean isInfo(char c) {
    return Character.isLetterOrDigit(c) || isSpace(c) || "+-#._".indexOf(c) >= 0;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private int put(Rest rest, int length) {
    line.put(rest.text(0, length));
    return length;
  }
}
