package dev.zhiku.answering.masking;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses of e-mail in a text, also with blanks about the sign, and with {@code (at)} and {@code
 * [dot]} for signs. What stands before the sign counts where it is of Latin letters, digits and
 * signs: of other scripts nothing tells where in the sentence it begins.
 */
final class MailAddresses {
  private static final Pattern AT =
      Pattern.compile("@|[(\\[{<]\\s?at\\s?[)\\]}>]", Pattern.CASE_INSENSITIVE);
  private static final String DOT = "\\s?(?:\\.|[(\\[{<]\\s?dot\\s?[)\\]}>])\\s?";
  private static final Pattern HOST =
      Pattern.compile(
          "\\s{0,2}(?:[a-z0-9-]{1,63}" + DOT + "){1,8}[a-z]{2,24}", Pattern.CASE_INSENSITIVE);
  private static final Pattern FOREIGN_HOST =
      Pattern.compile("\\s{0,2}(?:[\\p{L}\\p{N}-]{1,63}" + DOT + "){1,8}\\p{L}{2,24}");

  /** A host that may go on, or a sign that is not whole. */
  private static final Pattern BEGUN =
      Pattern.compile(
          "(?:@|[(\\[{<]\\s?at\\s?[)\\]}>])[\\p{L}\\p{N}\\s().\\[\\]{}<>-]{0,200}\\z"
              + "|[(\\[{<]\\s?a?t?\\s?\\z",
          Pattern.CASE_INSENSITIVE);

  private static final int MOST_BLANKS = 2;
  private static final int MOST_NAME = 64;

  /** Longest address with its blanks. */
  private static final int LONGEST = 400;

  private MailAddresses() {}

  static void find(PlainText plain, BitSet hidden) {
    String text = plain.text();
    Matcher at = AT.matcher(text);
    while (at.find()) {
      int start = nameBefore(text, at.start());
      int end = hostAfter(text, at.end());
      if (start < at.start() && end > at.end()) {
        hidden.set(start, at.start());
        hidden.set(at.end(), end);
      }
    }
  }

  private static int hostAfter(String text, int from) {
    int end = hostAfter(HOST, text, from);
    return end > from ? end : hostAfter(FOREIGN_HOST, text, from);
  }

  private static int hostAfter(Pattern host, String text, int from) {
    Matcher matcher = host.matcher(text).region(from, Math.min(text.length(), from + LONGEST));
    return matcher.lookingAt() ? matcher.end() : from;
  }

  /** The place where the name before a sign begins; that of the sign if there is none. */
  private static int nameBefore(String text, int at) {
    int end = at;
    while (end > 0 && at - end < MOST_BLANKS && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && end - start < MOST_NAME && isOfName(text.charAt(start - 1))) {
      start--;
    }
    return start < end ? start : at;
  }

  private static boolean isOfName(char character) {
    return PlainText.isLetterOrDigit(character) || "._%+'-".indexOf(character) >= 0;
  }

  /** From where on a text may be the beginning of an address; its length if it is not. */
  static int begun(String text) {
    int from = Math.max(0, text.length() - LONGEST);
    Matcher begun = BEGUN.matcher(text).region(from, text.length());
    int sign = begun.find() ? begun.start() : text.length();
    return nameBefore(text, sign);
  }
}
