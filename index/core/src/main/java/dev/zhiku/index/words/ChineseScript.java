package dev.zhiku.index.words;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/**
 * The two sets of Chinese characters, told apart by the character sets of those who write them:
 * what Big5 has and GB 2312 has not is traditional, and the other way round. Most characters are in
 * both.
 */
public final class ChineseScript {
  private static final Charset TRADITIONAL = Charset.forName("Big5");
  private static final Charset SIMPLIFIED = Charset.forName("GB2312");

  private ChineseScript() {}

  /** Whether more of a text is traditional alone than is simplified alone. */
  public static boolean isTraditional(String text) {
    CharsetEncoder big5 = TRADITIONAL.newEncoder();
    CharsetEncoder gb2312 = SIMPLIFIED.newEncoder();
    int more = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN) {
        boolean traditional = big5.canEncode(c);
        if (traditional != gb2312.canEncode(c)) {
          more += traditional ? 1 : -1;
        }
      }
    }
    return more > 0;
  }
}
