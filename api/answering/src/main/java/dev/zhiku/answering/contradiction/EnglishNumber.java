package dev.zhiku.answering.contradiction;

import java.util.List;

/** Numbers from zero to twenty written as English words. Pure. */
public final class EnglishNumber {
  private static final List<String> WORDS =
      List.of(
          "zero",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen",
          "twenty");

  private EnglishNumber() {}

  /**
   * A regular expression for any of the words of a range, without a group of its own.
   *
   * @param least 0 to 20
   * @param most least to 20, itself included
   */
  public static String anyOf(int least, int most) {
    return String.join("|", WORDS.subList(least, most + 1));
  }

  /** Whether the text is one of the words, in lower case. */
  public static boolean isWord(String text) {
    return WORDS.contains(text);
  }

  /**
   * The number in digits: seven is 7.
   *
   * @param word one of the words, in lower case
   * @throws IllegalArgumentException for any other text
   */
  public static String digits(String word) {
    int number = WORDS.indexOf(word);
    if (number < 0) {
      throw new IllegalArgumentException(word);
    }
    return Integer.toString(number);
  }
}
