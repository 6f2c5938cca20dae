package dev.zhiku.ingest.extract;

import java.util.regex.Pattern;

/**
 * Text as people see it: without control characters, zero-width and tag characters, with white
 * space in order. Nothing else is changed, for it is quoted as the original's words.
 */
public final class CleanText {
  private static final Pattern BLANKS = Pattern.compile("[ \\t\\u00A0\\u2007\\u202F]+");
  private static final Pattern BLANKS_AT_BREAK = Pattern.compile(" ?\\n ?");
  private static final Pattern MANY_BREAKS = Pattern.compile("\\n{3,}");
  private static final Pattern END_BLANKS = Pattern.compile("[ \\t]+(?=\\n|$)");

  private CleanText() {}

  /** Running text: runs of blanks become one, line breaks stay, ends are trimmed. */
  public static String running(String text) {
    String single = BLANKS.matcher(visible(text)).replaceAll(" ");
    String tidy = BLANKS_AT_BREAK.matcher(single).replaceAll("\n");
    return MANY_BREAKS.matcher(tidy).replaceAll("\n\n").strip();
  }

  /** One line: line breaks become blanks, or nothing between Chinese characters. */
  public static String line(String text) {
    String[] lines = running(text).split("\n+", -1);
    StringBuilder joined = new StringBuilder();
    for (String line : lines) {
      join(joined, line);
    }
    return joined.toString();
  }

  /** Text whose blanks and line breaks matter; only ends of lines are trimmed. */
  public static String preformatted(String text) {
    String trimmed = END_BLANKS.matcher(visible(text)).replaceAll("");
    return MANY_BREAKS.matcher(trimmed).replaceAll("\n\n").stripTrailing();
  }

  /** Appends a line, with a blank between unless the two meet in Chinese or Japanese characters. */
  public static void join(StringBuilder text, String line) {
    if (!text.isEmpty() && !line.isEmpty() && !meetsWithoutBlank(text, line)) {
      text.append(' ');
    }
    text.append(line);
  }

  private static boolean meetsWithoutBlank(StringBuilder text, String line) {
    int before = text.codePointBefore(text.length());
    return before == ' ' || before == '\n' || (isWide(before) && isWide(line.codePointAt(0)));
  }

  /** Whether words are written without blanks around this character. */
  public static boolean isWide(int c) {
    return (c >= 0x2E80 && c <= 0x9FFF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFF00 && c <= 0xFFEF)
        || (c >= 0x20000 && c <= 0x3FFFF)
        || (c >= 0x2018 && c <= 0x201D)
        || c == 0x2026
        || c == 0x2014;
  }

  private static String visible(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    int previous = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\r') {
        c = i < text.length() && text.charAt(i) == '\n' ? 0 : '\n';
      }
      c = c == 0x2028 || c == 0x2029 || c == '\f' || c == 0x0B || c == 0x85 ? '\n' : c;
      if (!isDropped(c, previous)) {
        kept.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
        previous = c;
      }
    }
    return kept.toString();
  }

  private static boolean isDropped(int c, int previous) {
    if (c == '\n' || c == '\t') {
      return false;
    }
    boolean joiner = c == 0x200C || c == 0x200D;
    return c < 0x20
        || (c >= 0x7F && c <= 0x9F)
        || c == 0xAD
        || (joiner && !takesJoiner(previous))
        || (c >= 0x200B && c <= 0x200F && !joiner)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x206F)
        || c == 0xFEFF
        || (c >= 0xFFF0 && c <= 0xFFFB)
        || (c >= 0xE0000 && c <= 0xE0FFF)
        || (c & 0xFFFE) == 0xFFFE;
  }

  /** Joiners carry meaning in Arabic and Indic scripts and between the parts of an emoji. */
  private static boolean takesJoiner(int previous) {
    return (previous >= 0x600 && previous <= 0x1FFF)
        || (previous >= 0x2600 && previous <= 0x27BF)
        || previous == 0xFE0F
        || (previous >= 0x1F000 && previous <= 0x1FAFF);
  }
}
