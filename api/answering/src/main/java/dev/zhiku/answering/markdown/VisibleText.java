package dev.zhiku.answering.markdown;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A text whose characters all show while it streams: what turns the direction of a line round,
 * takes no room or controls a terminal is written as its code point, as in {@code ⟨U+202E⟩}. What
 * belongs to a character that shows stays: variants of emoji and ideographs, joiners of emoji and
 * of scripts that need them, isolates that end on their line. Used by one thread.
 */
final class VisibleText {
  /** An isolate that is not closed within so many characters is taken for one that never is. */
  private static final int LONGEST_ISOLATE = 200;

  /** Tags behind a black flag, its end included. */
  private static final int MOST_TAGS = 7;

  private static final int SOFT_HYPHEN = 0xAD;
  private static final int JOINER = 0x200D;
  private static final int NON_JOINER = 0x200C;
  private static final int FIRST_ISOLATE = 0x2066;
  private static final int POP_ISOLATE = 0x2069;
  private static final int BLACK_FLAG = 0x1F3F4;

  private static final Set<UnicodeScript> WITHOUT_JOINERS =
      EnumSet.of(
          UnicodeScript.COMMON,
          UnicodeScript.INHERITED,
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.HANGUL);

  private final Consumer<String> sink;
  private String held = "";
  private int previous = '\n';
  private int isolates;
  private int tags = MOST_TAGS;

  VisibleText(Consumer<String> sink) {
    this.sink = sink;
  }

  /** The next characters, cut anywhere. */
  void add(String part) {
    pass(held + part, false);
  }

  /** There is no more. */
  void end() {
    pass(held, true);
  }

  private void pass(String text, boolean all) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length() && (all || isWhole(text, at))) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == '\r') {
        at += at < text.length() && text.charAt(at) == '\n' ? 1 : 0;
        c = '\n';
      }
      show(c, text, at, out);
    }
    held = text.substring(at);
    if (!out.isEmpty()) {
      sink.accept(out.toString());
    }
  }

  /** Whether what stands here can be judged without the characters that follow. */
  private static boolean isWhole(String text, int at) {
    char c = text.charAt(at);
    if (c == '\r' || Character.isHighSurrogate(c)) {
      return at + 1 < text.length();
    }
    boolean isolate = c >= FIRST_ISOLATE && c < POP_ISOLATE;
    return !isolate
        || text.length() - at > LONGEST_ISOLATE
        || text.indexOf('\n', at) >= 0
        || text.indexOf('\r', at) >= 0
        || isClosed(text, at + 1);
  }

  private void show(int c, String text, int next, StringBuilder out) {
    tags = c == BLACK_FLAG ? 0 : isTag(c) ? tags + 1 : MOST_TAGS;
    if (c == '\n') {
      isolates = 0;
    }
    if (c == SOFT_HYPHEN) {
      out.append('-');
    } else if (!isHidden(c) || belongs(c, text, next)) {
      out.appendCodePoint(c);
    } else {
      out.append(String.format(Locale.ROOT, "⟨U+%04X⟩", c));
    }
    previous = c;
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\n' && c != '\t';
      case Character.FORMAT -> !isNumberSign(c);
      case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> isVariant(c) || isFiller(c);
    };
  }

  /** Signs of Arabic, Syriac and Kaithi that Unicode counts among the formats, and that show. */
  private static boolean isNumberSign(int c) {
    return (c >= 0x600 && c <= 0x605)
        || c == 0x6DD
        || c == 0x70F
        || (c >= 0x890 && c <= 0x891)
        || c == 0x8E2
        || c == 0x110BD
        || c == 0x110CD;
  }

  private static boolean isVariant(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF)
        || (c >= 0x180B && c <= 0x180F);
  }

  private static boolean isFiller(int c) {
    return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x034F || c == 0x2800;
  }

  private static boolean isTag(int c) {
    return c >= 0xE0020 && c <= 0xE007F;
  }

  private boolean belongs(int c, String text, int next) {
    if (c == JOINER || c == NON_JOINER) {
      return (c == JOINER && isEmoji(previous)) || needsJoiners(previous);
    }
    if (isVariant(c)) {
      return takesVariant(c);
    }
    if (isTag(c)) {
      return tags <= MOST_TAGS - 1;
    }
    return isIsolate(c, text, next);
  }

  private boolean isIsolate(int c, String text, int next) {
    if (c == POP_ISOLATE && isolates > 0) {
      isolates--;
      return true;
    }
    if (c >= FIRST_ISOLATE && c < POP_ISOLATE && isClosed(text, next)) {
      isolates++;
      return true;
    }
    return false;
  }

  private static boolean isClosed(String text, int from) {
    int open = 1;
    int most = Math.min(text.length(), from + LONGEST_ISOLATE - 1);
    for (int i = from; i < most; i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        return false;
      }
      open += c >= FIRST_ISOLATE && c < POP_ISOLATE ? 1 : c == POP_ISOLATE ? -1 : 0;
      if (open == 0) {
        return true;
      }
    }
    return false;
  }

  private boolean takesVariant(int c) {
    if (c >= 0x180B && c <= 0x180F) {
      return UnicodeScript.of(previous) == UnicodeScript.MONGOLIAN;
    }
    boolean ideograph = Character.isIdeographic(previous);
    return c > 0xFFFF ? ideograph : ideograph || isSymbol(previous);
  }

  private static boolean isSymbol(int c) {
    return switch (Character.getType(c)) {
      case Character.OTHER_SYMBOL,
          Character.MATH_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> Character.isEmoji(c);
    };
  }

  private static boolean isEmoji(int c) {
    return c > 0x7F && (Character.isEmoji(c) || Character.isEmojiModifier(c) || c == 0xFE0F);
  }

  private static boolean needsJoiners(int c) {
    boolean part =
        Character.isLetter(c)
            || Character.getType(c) == Character.NON_SPACING_MARK
            || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    return part && !WITHOUT_JOINERS.contains(UnicodeScript.of(c));
  }
}
