package dev.zhiku.ingest.extract.reviewed;

import java.util.Locale;

/** Numbers of paragraphs in the formats of office documents. */
public final class NumberText {
  private static final String DIGITS = "〇一二三四五六七八九";
  private static final String LEGAL = "零壹贰叁肆伍陆柒捌玖";
  private static final String LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖";
  private static final String STEMS = "甲乙丙丁戊己庚辛壬癸";
  private static final String BRANCHES = "子丑寅卯辰巳午未申酉戌亥";
  private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
  private static final String[] ROMAN = {
    "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
  };
  private static final int LETTERS = 26;
  private static final int CIRCLED = 20;
  private static final int MOST_ROMAN = 4_000;

  private NumberText() {}

  /**
   * @param format as office documents name it; unknown ones are digits
   */
  public static String of(int number, String format) {
    return switch (format) {
      case "none" -> "";
      case "decimalZero" -> number < 10 ? "0" + number : "" + number;
      case "upperLetter" -> letters(number);
      case "lowerLetter" -> letters(number).toLowerCase(Locale.ROOT);
      case "upperRoman" -> roman(number);
      case "lowerRoman" -> roman(number).toLowerCase(Locale.ROOT);
      case "ordinal" -> number + ending(number);
      case "decimalEnclosedCircle", "decimalEnclosedCircleChinese" ->
          number >= 1 && number <= CIRCLED ? Character.toString(0x245F + number) : "" + number;
      case "decimalEnclosedParen" -> "(" + number + ")";
      case "decimalFullWidth", "decimalFullWidth2" -> fullWidth(number);
      case "ideographTraditional" -> oneOf(STEMS, number);
      case "ideographZodiac" -> oneOf(BRANCHES, number);
      case "ideographEnclosedCircle" ->
          number >= 1 && number <= 10 ? Character.toString(0x327F + number) : "" + number;
      case "chineseLegalSimplified" -> chinese(number, LEGAL, "拾佰仟");
      case "ideographLegalTraditional" -> chinese(number, LEGAL_TRADITIONAL, "拾佰仟");
      case "chineseCounting",
          "chineseCountingThousand",
          "taiwaneseCounting",
          "taiwaneseCountingThousand",
          "japaneseCounting",
          "ideographDigital",
          "japaneseDigitalTenThousand",
          "taiwaneseDigital" ->
          chinese(number, DIGITS, "十百千");
      default -> "" + number;
    };
  }

  private static String oneOf(String row, int number) {
    return number >= 1 && number <= row.length() ? row.substring(number - 1, number) : "" + number;
  }

  private static String letters(int number) {
    return number < 1
        ? "" + number
        : Character.toString('A' + (number - 1) % LETTERS).repeat((number - 1) / LETTERS % 9 + 1);
  }

  private static String roman(int number) {
    if (number < 1 || number >= MOST_ROMAN) {
      return "" + number;
    }
    StringBuilder text = new StringBuilder();
    int rest = number;
    for (int i = 0; i < ROMAN.length; i++) {
      while (rest >= ROMAN_VALUES[i]) {
        text.append(ROMAN[i]);
        rest -= ROMAN_VALUES[i];
      }
    }
    return text.toString();
  }

  private static String ending(int number) {
    if (number / 10 % 10 == 1) {
      return "th";
    }
    return switch (number % 10) {
      case 1 -> "st";
      case 2 -> "nd";
      case 3 -> "rd";
      default -> "th";
    };
  }

  private static String fullWidth(int number) {
    StringBuilder text = new StringBuilder();
    ("" + number).chars().forEach(c -> text.appendCodePoint(c - '0' + 0xFF10));
    return text.toString();
  }

  private static String chinese(int number, String digits, String units) {
    if (number < 1 || number > 9_999) {
      return "" + number;
    }
    String written = "" + number;
    StringBuilder text = new StringBuilder();
    boolean zero = false;
    for (int i = 0; i < written.length(); i++) {
      int digit = written.charAt(i) - '0';
      int power = written.length() - 1 - i;
      if (digit == 0) {
        zero = true;
        continue;
      }
      if (zero && !text.isEmpty()) {
        text.append(digits.charAt(0) == '〇' ? '零' : digits.charAt(0));
      }
      zero = false;
      boolean plainTen = power == 1 && digit == 1 && text.isEmpty() && units.startsWith("十");
      text.append(plainTen ? "" : digits.charAt(digit));
      text.append(power == 0 ? "" : units.charAt(power - 1));
    }
    return text.toString();
  }
}
