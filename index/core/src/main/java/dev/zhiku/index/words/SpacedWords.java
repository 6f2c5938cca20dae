package dev.zhiku.index.words;

import java.util.regex.Pattern;

/**
 * Words whose characters are set apart by blanks, as forms and headings do: {@code 合 同 编 号} is
 * found as {@code 合同编号}.
 */
final class SpacedWords {
  private static final Pattern SPACED =
      Pattern.compile(
          "(?<![\u3400-\u9FFF])[\u3400-\u9FFF](?: {1,4}[\u3400-\u9FFF])+(?![\u3400-\u9FFF])");

  private SpacedWords() {}

  /** The normalised text with single ideographs in a row joined. */
  static String joined(String text) {
    return mayHoldOne(text)
        ? SPACED.matcher(text).replaceAll(word -> word.group().replace(" ", ""))
        : text;
  }

  /** Whether a blank stands between ideographs: most texts are passed over. */
  private static boolean mayHoldOne(String text) {
    for (int i = text.indexOf(' ', 1); i > 0 && i + 1 < text.length(); ) {
      if (isIdeograph(text.charAt(i - 1)) && isIdeographOrBlank(text.charAt(i + 1))) {
        return true;
      }
      i = text.indexOf(' ', i + 1);
    }
    return false;
  }

  private static boolean isIdeograph(char c) {
    return c >= 0x3400 && c <= 0x9FFF;
  }

  private static boolean isIdeographOrBlank(char c) {
    return c == ' ' || isIdeograph(c);
  }
}
