package dev.zhiku.index.words;

import com.ibm.icu.text.Normalizer2;

/**
 * Text as it is searched, on both sides: for words and for vectors. What is shown and quoted is
 * always the original. Thread-safe.
 */
public final class SearchText {
  private static final Normalizer2 NFKC_CASE_FOLD = Normalizer2.getNFKCCasefoldInstance();

  private SearchText() {}

  /**
   * NFKC (full-width forms, ligatures), case folded, default-ignorable characters (zero-width
   * spaces, tag characters) dropped, traditional characters made simplified, words whose characters
   * are set apart by blanks joined. The bundled Chinese model knows no capital letter: without
   * this, Redis and Kafka are the same word to it.
   */
  public static String normalize(String text) {
    return SpacedWords.joined(SimplifiedChinese.of(NFKC_CASE_FOLD.normalize(text)));
  }
}
