package dev.zhiku.answering.contradiction;

/** Numbers written in Chinese characters. Pure. */
public final class ChineseNumber {
  private static final String DIGITS = "零一二三四五六七八九";
  private static final long WAN = 10_000;
  private static final long YI = 100_000_000;

  private ChineseNumber() {}

  /**
   * The number in digits: 十五 is 15, 二〇二六 is 2026, 三万五千 is 35000.
   *
   * @param written one or more of 零〇一二两三四五六七八九十百千万亿
   */
  public static String digits(String written) {
    String plain = written.replace('〇', '零').replace('两', '二');
    return plain.matches(".*[十百千万亿].*") ? Long.toString(value(plain)) : spelled(plain);
  }

  private static String spelled(String plain) {
    StringBuilder digits = new StringBuilder();
    plain.chars().map(DIGITS::indexOf).forEach(digits::append);
    return digits.toString();
  }

  private static long value(String plain) {
    long all = 0;
    long section = 0;
    long digit = 0;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '十', '百', '千' -> {
          section += Math.max(1, digit) * unit(c);
          digit = 0;
        }
        case '万', '亿' -> {
          all = (all + section + digit) * (c == '万' ? WAN : YI);
          section = 0;
          digit = 0;
        }
        default -> digit = DIGITS.indexOf(c);
      }
    }
    return all + section + digit;
  }

  private static int unit(char c) {
    return switch (c) {
      case '十' -> 10;
      case '百' -> 100;
      default -> 1_000;
    };
  }
}
