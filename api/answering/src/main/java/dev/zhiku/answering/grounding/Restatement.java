package dev.zhiku.answering.grounding;

import dev.zhiku.answering.contradiction.ChineseNumber;
import dev.zhiku.answering.contradiction.PlainFigures;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time that a statement says again in another unit (35 days, which is five weeks; 90
 * days, roughly three months; 四十五分钟，也就是四分之三小时). What is worked out rightly from what stands before
 * needs no passage of its own. Pure.
 */
final class Restatement {
  private static final Map<String, Double> MINUTES =
      Map.ofEntries(
          Map.entry("minute", 1.0),
          Map.entry("hour", 60.0),
          Map.entry("day", 1_440.0),
          Map.entry("week", 10_080.0),
          Map.entry("month", 43_830.0),
          Map.entry("year", 525_960.0),
          Map.entry("分钟", 1.0),
          Map.entry("小时", 60.0),
          Map.entry("天", 1_440.0),
          Map.entry("周", 10_080.0),
          Map.entry("月", 43_830.0),
          Map.entry("年", 525_960.0));

  private static final Pattern LENGTH =
      Pattern.compile(
          "(?i)(?:(?<quarters>四分之[一三]|\\b(?:a|one|3) quarters?(?: of an)?)|(?<number>\\d+(?:\\.\\d+)?|[一二两三四五六七八九十]{1,3})"
              + "(?<half> and a half)?)[\\s-]?(?:个|個)?\\s?(?<unit>(?:minute|hour|day|week|month|year)(?=s?\\b)|分钟|小时|天|周|月|年)s?(?<behind>半)?");

  /** Words that lead to the same length in another unit, or an open bracket before it. */
  private static final Pattern LEAD =
      Pattern.compile(
          "(?i)[\\s,，(（]*(?:which (?:is|means|makes)|that is|i\\.e\\.|or|about|roughly|around|也就是|即|相当于|合|约|大约)[\\s,，]*$"
              + "|\\s?[(（]$");

  /** A month is taken for 30 days as often as for a twelfth of a year. */
  private static final double TOLERANCE = 0.02;

  private Restatement() {}

  /** The statement without lengths of time that say again what stands before them. */
  static String without(String statement) {
    String plain = PlainFigures.of(statement);
    Matcher length = LENGTH.matcher(plain);
    Set<Double> said = new HashSet<>();
    StringBuilder kept = new StringBuilder();
    int from = 0;
    while (length.find()) {
      double minutes = minutes(length);
      Matcher lead = LEAD.matcher(plain.substring(from, length.start()));
      if (lead.find() && said.stream().anyMatch(other -> isSame(other, minutes))) {
        kept.append(plain, from, from + lead.start()).append(' ');
        from = length.end();
      }
      said.add(minutes);
    }
    return from == 0 ? statement : kept.append(plain.substring(from)).toString();
  }

  private static boolean isSame(double one, double other) {
    return Math.abs(one - other) <= TOLERANCE * Math.max(one, other);
  }

  private static double minutes(Matcher length) {
    double unit =
        Optional.ofNullable(MINUTES.get(length.group("unit").toLowerCase(java.util.Locale.ROOT)))
            .orElse(0.0);
    String quarters = length.group("quarters");
    if (quarters != null) {
      return unit * (quarters.startsWith("3") || quarters.endsWith("三") ? 0.75 : 0.25);
    }
    String number = length.group("number");
    boolean digits = Character.isDigit(number.charAt(0));
    double value = Double.parseDouble(digits ? number : ChineseNumber.digits(number));
    boolean half = length.group("half") != null || length.group("behind") != null;
    return unit * (half ? value + 0.5 : value);
  }
}
