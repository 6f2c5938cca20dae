package dev.zhiku.answering.contradiction;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spans of time that a normalised text names: each number with its units. */
final class TimeSpans {
  private static final Pattern SPAN =
      Pattern.compile(
          "(?<number>\\d+|[二两三四五六七八九十]{1,3}|\\b(?:two|three|four|five|six|seven|eight|nine"
              + "|ten|twelve)\\b)[\\s-]*(?:working |business |calendar )?个?"
              + "(?<unit>minute|hour|day|week|month|year|分钟|小时|[天日周月年])");

  private static final Map<String, String> SAME =
      Map.of(
          "分钟", "minute", "小时", "hour", "天", "day", "日", "day", "周", "week", "月", "month", "年",
          "year");

  private final Map<String, Set<String>> units = new HashMap<>();

  private TimeSpans() {}

  static TimeSpans of(String text) {
    TimeSpans spans = new TimeSpans();
    Matcher span = SPAN.matcher(text);
    while (span.find()) {
      String unit = span.group("unit");
      spans
          .units
          .computeIfAbsent(span.group("number"), number -> new HashSet<>())
          .add(SAME.getOrDefault(unit, unit));
    }
    return spans;
  }

  /** Whether no number that stands with units of time here stands there with others alone. */
  boolean allow(TimeSpans said) {
    return said.units.entrySet().stream()
        .allMatch(
            span ->
                units.getOrDefault(span.getKey(), span.getValue()).containsAll(span.getValue()));
  }
}
