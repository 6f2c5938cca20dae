package dev.zhiku.answering.markdown;

/** What was written so far, and what of its line a renderer would take for more than text. */
final class MarkupLine {
  private final StringBuilder out = new StringBuilder();
  private char last = '\n';
  private int backslashes;
  private boolean words;
  private boolean frame = true;
  private boolean label;
  private boolean blank = true;
  private boolean strange;
  private String begun = "";

  void put(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  void put(char c) {
    out.append(c);
    if (c == '\n') {
      label &= !blank;
      words = false;
      frame = true;
      blank = true;
    } else {
      label |= c == '[' && !words;
      words |= Character.isLetter(c) || Character.isSurrogate(c);
      frame &= isFrame(c);
      blank &= c == ' ' || c == '\t';
    }
    note(c);
    backslashes = c == '\\' ? backslashes + 1 : 0;
    last = c;
  }

  /** Formulas and the head of a file are no Markdown to some; a fence in them is none either. */
  private void note(char c) {
    if (begun.length() < 3) {
      begun += c;
      strange |= begun.equals("---");
    }
    strange |= (c == '$' && last == '$') || (c == '[' && last == '\\');
  }

  private static boolean isFrame(char c) {
    return c == ' ' || c == '\t' || (c >= '0' && c <= '9') || ">-*+.)".indexOf(c) >= 0;
  }

  /** What was written since the last call. */
  String taken() {
    String text = out.toString();
    out.setLength(0);
    return text;
  }

  char last() {
    return last;
  }

  boolean isAtStart() {
    return last == '\n';
  }

  /** Whether the line has nothing yet but what makes it a quotation, an item or indented. */
  boolean isFrame() {
    return frame;
  }

  /** Whether the next character is taken as itself. */
  boolean isEscaped() {
    return backslashes % 2 == 1;
  }

  /** A bracket closes what may be the label of an address. */
  boolean closesLabel() {
    boolean closes = label;
    label &= isEscaped();
    return closes;
  }

  /** Whether what is written now may be the label of an address. */
  boolean isLabel() {
    return label;
  }

  /** Whether renderers may disagree from here on about where code begins and ends. */
  boolean isStrange() {
    return strange;
  }

  void becomesStrange() {
    strange = true;
  }

  /** Code is kept apart from what would change its marks. */
  void putCode(String code) {
    if (last == '`' || last == '\\') {
      put(' ');
    }
    put(code);
  }
}
