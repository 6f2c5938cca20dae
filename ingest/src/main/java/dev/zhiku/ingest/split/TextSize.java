package dev.zhiku.ingest.split;

import dev.zhiku.ingest.extract.CleanText;

/**
 * Length of text in units that cost an embedding model about the same: a Chinese or Japanese
 * character is three, a digit or mark two, any other one, so that 400 Chinese characters are as
 * long as 1,200 of English prose, and a table of figures is cut sooner.
 */
final class TextSize {
  private static final int WIDE_CHARACTER = 3;
  private static final int MARK_OR_DIGIT = 2;

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
    if (CleanText.isWide(c) || Character.isSurrogate(c)) {
      return WIDE_CHARACTER;
    }
    return Character.isLetter(c) || c <= ' ' ? 1 : MARK_OR_DIGIT;
  }
}
