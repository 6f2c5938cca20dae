package dev.zhiku.server.conversations;

/** The title that a conversation has before its owner gives it one. Pure. */
final class Titles {
  private static final int MAX_CODE_POINTS = 60;

  private Titles() {}

  /** The beginning of a question in one line. */
  static String of(String question) {
    String line = question.replaceAll("[\\s\\p{Cc}\\p{Cf}]+", " ").strip();
    return line.codePointCount(0, line.length()) <= MAX_CODE_POINTS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_CODE_POINTS)) + "…";
  }
}
