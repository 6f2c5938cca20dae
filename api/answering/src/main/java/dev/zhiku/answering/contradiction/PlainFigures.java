package dev.zhiku.answering.contradiction;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Figures in one writing each: times of day by 24 hours, dates with hyphens, amounts without 万 and
 * 亿, Chinese money in yuan, numbers up to twenty in digits, units in one word, days of the week
 * with one name. Of statements and of the texts that they are held against, in Chinese and English.
 * Pure.
 */
public final class PlainFigures {
  private static final Pattern CLOCK =
      Pattern.compile(
          "(?i)(?<![\\d:.])(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))?\\s?(?<half>[ap])\\.?m\\b\\.?");

  private static final Pattern CHINESE_CLOCK =
      Pattern.compile(
          "(?<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上)\\s?(?:(?<sharp>\\d{1,2}):(?<to>\\d{2})"
              + "|(?<hour>\\d{1,2}|[零〇一二两三四五六七八九十]{1,3})\\s?[点點时時]\\s?(?![间間])"
              + "(?:(?<half>半)|(?<quarter>[一三])刻"
              + "|(?<minute>\\d{2}|[二三四五]?十[一二三四五六七八九]?)分?)?)");

  /** Parts of the day behind noon. */
  private static final String AFTERNOON = "下午|傍晚|晚上";

  private static final Pattern DATE =
      Pattern.compile(
          "(?<year>\\d{4})(?:\\s?年\\s?(?<month>\\d{1,2})\\s?月\\s?(?<day>\\d{1,2})\\s?[日号號]"
              + "|[/.](?<m>\\d{1,2})[/.](?<d>\\d{1,2})(?![\\d.]))");

  private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");
  private static final Pattern LARGE = Pattern.compile("(?<![\\d.])(\\d+(?:\\.\\d+)?)\\s?([万萬亿億])");

  private static final Map<String, Integer> POWERS = Map.of("万", 4, "萬", 4, "亿", 8, "億", 8);

  /** Chinese money, with what stands for it before the number or behind it. */
  private static final Pattern MONEY =
      Pattern.compile(
          "(?i)(?:\\b(?:CNY|RMB)|[¥￥]|人民币|人民幣)\\s?(?<value>\\d+(?:\\.\\d+)?)(?:\\s?元)?"
              + "|(?<=\\d)\\s?(?:元人民币|元人民幣|元(?![件旦素月])|yuan\\b)");

  private static final Pattern LITRES = Pattern.compile("(?<![\\d.])(\\d+\\.\\d+)\\s?升");

  /** From two on, for one is an article as often as a number. */
  private static final Pattern NUMBER_WORD =
      Pattern.compile(
          "(?i)(?<![\\p{L}-])(?:"
              + EnglishNumber.anyOf(2, 20)
              + ")\\b(?!-(?:"
              + EnglishNumber.anyOf(1, 9)
              + ")\\b)");

  private static final int HALF_DAY = 12;
  private static final int HALF_HOUR = 30;
  private static final int QUARTER = 15;

  /** Writings of units, and the one for all. */
  private record Unit(Pattern written, String plain) {
    static Unit of(String written, String plain) {
      return new Unit(Pattern.compile("(?i)" + written), plain);
    }
  }

  private static final List<Unit> UNITS =
      List.of(
          Unit.of("(?:星期|礼拜|禮拜)(?=[一二三四五六日天])", "周"),
          Unit.of("(?<!星期|周|十|[\\d月第])第二(?=年)", "次"),
          Unit.of("(?<!星期|周|十|[\\d月第])第二天", "次日"),
          Unit.of("半(?:个|個)?(?:小时|小時|钟头|鐘頭)", "30 分钟"),
          Unit.of("\\bhalf an hour\\b", "30 minutes"),
          Unit.of("(?<![\\d\\p{L}])[−–]\\s?(?=\\d)", "minus "),
          Unit.of("(?<=\\d)\\s?(?:°\\s?C|℃|摄氏度|攝氏度|度|degrees celsius)(?![a-z])", " degrees"),
          Unit.of("(?<=\\d)\\s?(?:m²|m2|㎡|square met(?:re|er)s?)(?![a-z\\d])", " square metres"),
          Unit.of("(?<=\\d)\\s?(?:g|grams?)(?![a-z\\d])", " grams"),
          Unit.of("(?<=\\d)\\s?(?:%|percent|per cent)", " %"));

  private PlainFigures() {}

  /** The text with each of its figures in the one writing. */
  public static String of(String text) {
    String plain = THOUSANDS.matcher(text).replaceAll("");
    plain = replaced(DATE, plain, PlainFigures::date);
    plain = replaced(CLOCK, plain, PlainFigures::clock);
    plain = replaced(CHINESE_CLOCK, plain, PlainFigures::chineseClock);
    plain = replaced(LARGE, plain, PlainFigures::large);
    plain = replaced(LITRES, plain, PlainFigures::millilitres);
    plain =
        replaced(
            NUMBER_WORD,
            plain,
            word -> EnglishNumber.digits(word.group().toLowerCase(Locale.ROOT)));
    plain = replaced(MONEY, plain, PlainFigures::yuan);
    for (Unit unit : UNITS) {
      plain = unit.written().matcher(plain).replaceAll(unit.plain());
    }
    return plain;
  }

  private static String replaced(Pattern pattern, String text, Function<Matcher, String> with) {
    Matcher found = pattern.matcher(text);
    StringBuilder out = new StringBuilder();
    while (found.find()) {
      found.appendReplacement(out, Matcher.quoteReplacement(with.apply(found)));
    }
    return found.appendTail(out).toString();
  }

  private static String date(Matcher date) {
    boolean chinese = date.group("month") != null;
    return "%s-%s-%s"
        .formatted(
            date.group("year"),
            bare(date.group(chinese ? "month" : "m")),
            bare(date.group(chinese ? "day" : "d")));
  }

  private static String bare(String number) {
    return number.replaceFirst("^0(?=\\d)", "");
  }

  private static String clock(Matcher time) {
    int hour = Integer.parseInt(time.group("hour"));
    if (hour < 1 || hour > HALF_DAY) {
      return time.group();
    }
    boolean late = time.group("half").equalsIgnoreCase("p");
    String minute = time.group("minute");
    return written(
        hour % HALF_DAY + (late ? HALF_DAY : 0), minute == null ? 0 : Integer.parseInt(minute));
  }

  private static String chineseClock(Matcher time) {
    boolean sharp = time.group("sharp") != null;
    int hour = number(time.group(sharp ? "sharp" : "hour"));
    boolean late = hour < HALF_DAY && time.group("part").matches(AFTERNOON);
    return written(late ? hour + HALF_DAY : hour, sharp ? number(time.group("to")) : minutes(time));
  }

  private static int minutes(Matcher time) {
    if (time.group("half") != null) {
      return HALF_HOUR;
    }
    if (time.group("quarter") != null) {
      return number(time.group("quarter")) * QUARTER;
    }
    return time.group("minute") == null ? 0 : number(time.group("minute"));
  }

  private static int number(String written) {
    boolean digits = Character.isDigit(written.charAt(0));
    return Integer.parseInt(digits ? written : ChineseNumber.digits(written));
  }

  private static String written(int hour, int minute) {
    return String.format(Locale.ROOT, " %d:%02d ", hour, minute);
  }

  private static String large(Matcher amount) {
    BigDecimal value =
        new BigDecimal(amount.group(1)).movePointRight(POWERS.getOrDefault(amount.group(2), 0));
    return value.stripTrailingZeros().toPlainString();
  }

  private static String yuan(Matcher amount) {
    String value = amount.group("value");
    return (value == null ? "" : value) + " yuan ";
  }

  private static String millilitres(Matcher litres) {
    return new BigDecimal(litres.group(1)).movePointRight(3).stripTrailingZeros().toPlainString()
        + " 毫升";
  }
}
