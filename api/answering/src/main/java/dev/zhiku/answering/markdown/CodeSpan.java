package dev.zhiku.answering.markdown;

/**
 * Code between backticks on one line, left as it is. Backticks that pair with none there, across
 * the cells of a table or beyond the label of an address, become look-alikes, so that they pair
 * with nothing later. No span holds a run as long as a fence: a renderer that takes an earlier
 * fence for the beginning of a span would end it there. Used by one thread.
 */
final class CodeSpan {
  /** Longest run that opens a span; longer ones are fences. */
  private static final int MOST = 2;

  private static final int LONGEST = 300;
  private static final char LOOK_ALIKE = 'ˋ';

  private final MarkupLine line;

  CodeSpan(MarkupLine line) {
    this.line = line;
  }

  /** The span that begins here, or the run of backticks if none does. */
  int of(Rest rest) {
    int run = Math.min(LONGEST, rest.run(0, '`'));
    boolean goesOn = !rest.has(run) && !rest.all() && run < LONGEST;
    if (goesOn) {
      return 0;
    }
    if (run > MOST || line.isEscaped()) {
      return powerless(run);
    }
    int at = run;
    while (rest.has(at) && at < LONGEST) {
      char c = rest.at(at);
      if (c == '\n' || c == '|' || (c == ']' && line.isLabel())) {
        return powerless(run);
      }
      int closing = c == '`' ? rest.run(at, '`') : 0;
      if (closing > 0 && !rest.has(at + closing) && !rest.all() && at + closing < LONGEST) {
        return 0;
      }
      if (closing > MOST) {
        return powerless(run);
      }
      if (closing == run) {
        line.putCode(rest.text(0, at + run));
        return at + run;
      }
      at += Math.max(1, closing);
    }
    return rest.all() || at >= LONGEST ? powerless(run) : 0;
  }

  private int powerless(int run) {
    line.put(String.valueOf(LOOK_ALIKE).repeat(run));
    return run;
  }
}
