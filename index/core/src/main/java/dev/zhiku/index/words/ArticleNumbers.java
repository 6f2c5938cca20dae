package dev.zhiku.index.words;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Numbered articles, chapters and pages: 第十七条 and 第17条 are the same word, 第17条. */
final class ArticleNumbers {
  private static final Pattern FORM =
      Pattern.compile("第\\s?([0-9]{1,9}|[〇零一二三四五六七八九十百千万两]{1,12})\\s?([条章节款项编篇页届期号回])");
  private static final String DIGITS = "零一二三四五六七八九";

  private ArticleNumbers() {}

  /** Each one in the normalised text, in order. */
  static List<String> in(String text) {
    if (text.indexOf('第') < 0) {
      return List.of();
    }
    return FORM.matcher(text).results().map(ArticleNumbers::canonical).toList();
  }

  private static String canonical(MatchResult found) {
    String number = found.group(1);
    boolean arabic = Character.isDigit(number.charAt(0));
    return "第" + (arabic ? Long.parseLong(number) : value(number)) + found.group(2);
  }

  /** Both ways of writing: with units (一百二十三) and digit by digit (二〇二六). */
  private static long value(String numeral) {
    boolean withUnits = numeral.chars().anyMatch(c -> "十百千万".indexOf(c) >= 0);
    return withUnits ? byUnits(numeral) : byDigits(numeral);
  }

  private static long byDigits(String numeral) {
    return numeral.chars().mapToLong(ArticleNumbers::digit).reduce(0, (sum, d) -> sum * 10 + d);
  }

  private static long byUnits(String numeral) {
    long total = 0;
    long section = 0;
    long digit = 0;
    for (int i = 0; i < numeral.length(); i++) {
      char c = numeral.charAt(i);
      long unit = unit(c);
      if (unit == 1) {
        digit = digit(c);
      } else if (unit == 10_000) {
        total = (total + section + digit) * unit;
        section = 0;
        digit = 0;
      } else {
        section += Math.max(digit, 1) * unit;
        digit = 0;
      }
    }
    return total + section + digit;
  }

  private static long unit(char c) {
    return switch (c) {
      case '十' -> 10;
      case '百' -> 100;
      case '千' -> 1_000;
      case '万' -> 10_000;
      default -> 1;
    };
  }

  private static long digit(int c) {
    return switch (c) {
      case '〇' -> 0;
      case '两' -> 2;
      default -> DIGITS.indexOf(c);
    };
  }
}
