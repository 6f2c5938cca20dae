package dev.zhiku.ingest.split;

import dev.zhiku.ingest.extract.CleanText;

/**
 * Length of text in units that cost an embedding model about the same: a Chinese or Japanese
 * character is three, any other one, so that 400 Chinese characters are as long as 1,200 English.
 */
final class TextSize {
  static final int WIDE_CHARACTER = 3;

  private TextSize() {}

  static int of(CharSequence text) {
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      size += of(text.charAt(i));
    }
    return size;
  }

  /** The longest beginning of the text within that size, never half a character. */
  static String start(String text, int size) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      used += Character.charCount(c) == 2 ? WIDE_CHARACTER : of((char) c);
      if (used > size) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end);
  }

  /** The longest end of the text within that size, never half a character. */
  static String end(String text, int size) {
    int start = text.length();
    int used = 0;
    while (start > 0) {
      int c = text.codePointBefore(start);
      used += Character.charCount(c) == 2 ? WIDE_CHARACTER : of((char) c);
      if (used > size) {
        break;
      }
      start -= Character.charCount(c);
    }
    return text.substring(start);
  }

  private static int of(char c) {
    return CleanText.isWide(c) || Character.isSurrogate(c) ? WIDE_CHARACTER : 1;
  }
}
