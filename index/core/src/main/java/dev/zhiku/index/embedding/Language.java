package dev.zhiku.index.embedding;

import java.lang.Character.UnicodeScript;

/** The language of a passage, as far as the choice of an embedding model needs it. */
public enum Language {
  CHINESE,
  ENGLISH;

  /** Share of Han characters among the letters from which on a text counts as Chinese. */
  private static final double HAN_SHARE = 0.2;

  /**
   * Chinese if at least a fifth of the letters are Han characters (a Han character says about as
   * much as four Latin letters), otherwise English, which also stands for every other language.
   */
  public static Language of(String text) {
    long han = 0;
    long letters = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isLetter(c)) {
        letters++;
        if (UnicodeScript.of(c) == UnicodeScript.HAN) {
          han++;
        }
      }
    }
    return han > 0 && han >= HAN_SHARE * letters ? CHINESE : ENGLISH;
  }
}
