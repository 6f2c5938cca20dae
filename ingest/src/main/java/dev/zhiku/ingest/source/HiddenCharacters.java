package dev.zhiku.ingest.source;

/**
 * Characters that a reader does not see, or that make other characters look like something else:
 * control characters (C0 and C1), line and paragraph separators, marks that turn the direction of
 * writing, invisible and tag characters. Names with one are not taken, and logs and the console
 * show them escaped.
 */
public final class HiddenCharacters {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int LAST_ASCII = 0x7F;

  private HiddenCharacters() {}

  /** Whether the name has such a character. Joiners within emoji and Persian words are none. */
  static boolean isIn(String name) {
    int before = 0;
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int c = name.codePointAt(i);
      boolean joins = joiner(c) && before > LAST_ASCII;
      if (hidden(c) && !joins) {
        return true;
      }
      before = c;
    }
    return false;
  }

  /** The text on one line, with such characters as JSON escapes them; others are left. */
  public static String shown(String text) {
    if (text.codePoints().noneMatch(HiddenCharacters::hidden)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (!hidden(c)) {
                shown.appendCodePoint(c);
                return;
              }
              for (char unit : Character.toChars(c)) {
                shown.append(String.format("\\u%04x", (int) unit));
              }
            });
    return shown.toString();
  }

  /** The same, with its line breaks and tabs kept. */
  public static String shownLines(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\t') {
        shown.append(shown(text.substring(start, i)));
        if (i < text.length()) {
          shown.append(text.charAt(i));
        }
        start = i + 1;
      }
    }
    return shown.toString();
  }

  private static boolean joiner(int c) {
    return c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
  }

  private static boolean hidden(int c) {
    if (Character.isISOControl(c)) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.FORMAT -> !visibleFormat(c);
      default -> blank(c);
    };
  }

  /** Signs before numbers in Arabic, Syriac and Kaithi are of the same category, and drawn. */
  private static boolean visibleFormat(int c) {
    return (c >= 0x600 && c <= 0x605)
        || c == 0x6DD
        || c == 0x70F
        || c == 0x890
        || c == 0x891
        || c == 0x8E2
        || c == 0x110BD
        || c == 0x110CD;
  }

  /** Fillers, the grapheme joiner and unassigned tags, which are drawn as nothing. */
  private static boolean blank(int c) {
    return c == 0x34F
        || c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0
        || (c >= 0xE0000 && c <= 0xE0FFF);
  }
}
