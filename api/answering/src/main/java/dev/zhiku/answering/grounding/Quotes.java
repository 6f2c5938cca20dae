package dev.zhiku.answering.grounding;

import dev.zhiku.answering.grounding.QuotableSentences.Span;
import java.util.Optional;

/** Words of an original, as they are shown and looked for again. Pure. */
public final class Quotes {
  private Quotes() {}

  /**
   * The text on one line: white space becomes one space, and a line break between two ideographs
   * nothing, for there it means nothing in the original.
   */
  public static String onOneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    int previous = -1;
    boolean space = false;
    boolean broken = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isSpace(c)) {
        space = true;
        broken |= c == '\n' || c == '\r';
        continue;
      }
      if (space && previous >= 0 && !(broken && isWide(previous) && isWide(c))) {
        line.append(' ');
      }
      line.appendCodePoint(c);
      previous = c;
      space = false;
      broken = false;
    }
    return line.toString();
  }

  /** Whether the quote stands in the text word for word, white space aside. */
  public static boolean standsIn(String quote, String text) {
    String bare = bare(quote);
    return !bare.isEmpty() && bare(text).contains(bare);
  }

  /** Where the quote stands in the text for the first time, white space aside. */
  static Optional<Span> find(String quote, String text) {
    StringBuilder bare = new StringBuilder(text.length());
    int[] places = new int[text.length()];
    for (int i = 0; i < text.length(); i++) {
      if (!isSpace(text.charAt(i))) {
        places[bare.length()] = i;
        bare.append(text.charAt(i));
      }
    }
    String wanted = bare(quote);
    int at = wanted.isEmpty() ? -1 : bare.indexOf(wanted);
    return at < 0
        ? Optional.empty()
        : Optional.of(new Span(places[at], places[at + wanted.length() - 1] + 1));
  }

  /** The text without its white space. */
  static String bare(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    text.codePoints().filter(c -> !isSpace(c)).forEach(bare::appendCodePoint);
    return bare.toString();
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isWide(int c) {
    return Character.isIdeographic(c)
        || (c >= 0x3000 && c <= 0x303F)
        || (c >= 0xFF00 && c <= 0xFFEF);
  }
}
