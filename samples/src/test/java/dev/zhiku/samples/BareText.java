package dev.zhiku.samples;

/**
 * Compares texts word for word, white space aside: formats and extractors differ in line ends and
 * in what they put between the cells of a table.
 */
final class BareText {
  private BareText() {}

  /** False for words that are nothing but white space. */
  static boolean contains(String text, String words) {
    String bare = bare(words);
    return !bare.isEmpty() && bare(text).contains(bare);
  }

  private static String bare(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
        .forEach(bare::appendCodePoint);
    return bare.toString();
  }
}
