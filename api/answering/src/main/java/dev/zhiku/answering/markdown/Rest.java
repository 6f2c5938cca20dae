package dev.zhiku.answering.markdown;

/**
 * The characters from one place on.
 *
 * @param text all that is known, behind what was dealt with
 * @param from the place
 * @param all whether no more will come
 */
record Rest(String text, int from, boolean all) {
  static final int LONGEST_ENTITY = 34;

  boolean has(int offset) {
    return from + offset < text.length();
  }

  char at(int offset) {
    return text.charAt(from + offset);
  }

  String text(int start, int end) {
    return text.substring(from + start, from + end);
  }

  /** How often a character stands here, one behind the other. */
  int run(int offset, char c) {
    int end = offset;
    while (has(end) && at(end) == c) {
      end++;
    }
    return end - offset;
  }
}
