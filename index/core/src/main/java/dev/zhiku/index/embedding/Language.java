package dev.zhiku.index.embedding;

import dev.zhiku.index.message.Messages;
import dev.zhiku.index.words.ChineseScript;
import java.lang.Character.UnicodeScript;
import java.util.Locale;

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

  /**
   * Whether a text has words of both languages: a Han character and, somewhere else, two letters of
   * another script side by side. A single letter is a name or a number in any language.
   */
  public static boolean isMixed(String text) {
    boolean han = false;
    boolean word = false;
    boolean letterBefore = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean isHan = UnicodeScript.of(c) == UnicodeScript.HAN;
      boolean letter = !isHan && Character.isLetter(c);
      han |= isHan;
      word |= letter && letterBefore;
      letterBefore = letter;
    }
    return han && word;
  }

  /** The locale of fixed sentences beside a text: its language and the characters that it uses. */
  public static Locale localeOf(String text) {
    if (of(text) == ENGLISH) {
      return Locale.ENGLISH;
    }
    return ChineseScript.isTraditional(text) ? Messages.TRADITIONAL_CHINESE : Locale.CHINESE;
  }
}
