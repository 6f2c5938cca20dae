package dev.zhiku.ingest.extract;

import dev.zhiku.ingest.outcome.IngestText;

/** Words that somebody struck out, marked so that nobody takes them for what is valid. */
public final class StruckText {
  private StruckText() {}

  /** What stands before them, in the language they are written in. */
  public static String before(String struck) {
    return isChinese(struck) ? "（划去：" : "(struck out: ";
  }

  public static String after(String struck) {
    return isChinese(struck) ? "）" : ")";
  }

  /** Says how many there are. */
  public static void note(int parts, BlockSink sink) {
    if (parts > 0) {
      sink.note(IngestText.of("parts.struck-marked", parts));
    }
  }

  private static boolean isChinese(String text) {
    return text.codePoints()
        .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
  }
}
