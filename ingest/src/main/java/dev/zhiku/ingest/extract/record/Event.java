package dev.zhiku.ingest.extract.record;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The record of an event or task in a calendar. */
final class Event {
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final int DAY_LENGTH = 8;

  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("LOCATION", "地点/Place"),
          Map.entry("DESCRIPTION", "说明/Description"),
          Map.entry("COMMENT", "备注/Comment"),
          Map.entry("CONTACT", "联系人/Contact"),
          Map.entry("CATEGORIES", "类别/Category"),
          Map.entry("STATUS", "状态/Status"),
          Map.entry("URL", "网址/Web"),
          Map.entry("RRULE", "重复/Repeats"));

  private Event() {}

  static LabelledRow of(List<ContentLine> lines) {
    LabelledRow event = new LabelledRow();
    lines.stream()
        .filter(line -> line.name().equals("SUMMARY"))
        .forEach(line -> event.add("主题/Summary", line.text()));
    Optional<ContentLine> start =
        lines.stream().filter(line -> line.name().equals("DTSTART")).findFirst();
    start.ifPresent(line -> event.add("开始/Start", shown(line, 0)));
    lines.forEach(line -> add(line, start, event));
    return event;
  }

  private static void add(ContentLine line, Optional<ContentLine> start, LabelledRow event) {
    switch (line.name()) {
      case "DTEND" -> end(line, start, event);
      case "DURATION" -> event.add("结束/End", start.map(s -> after(s, line.value())).orElse(""));
      case "DUE" -> event.add("截止/Due", shown(line, 0));
      case "ORGANIZER" -> event.add("组织者/Organizer", person(line));
      case "ATTENDEE" -> event.add("参加者/Attendee", person(line));
      default -> {
        String label = LABELS.get(line.name());
        if (label != null) {
          event.add(label, line.text());
        }
      }
    }
  }

  /** The end of whole days is the day after the last. */
  private static void end(ContentLine line, Optional<ContentLine> start, LabelledRow event) {
    String end = shown(line, line.value().length() == DAY_LENGTH ? 1 : 0);
    if (!end.equals(start.map(s -> shown(s, 0)).orElse(""))) {
      event.add("结束/End", end);
    }
  }

  private static String shown(ContentLine line, int daysBefore) {
    String value = line.value();
    try {
      if (value.length() == DAY_LENGTH) {
        return LocalDate.parse(value, DAY).minusDays(daysBefore).toString();
      }
      String local = value.endsWith("Z") ? value.substring(0, value.length() - 1) : value;
      return SHOWN.format(LocalDateTime.parse(local, TIME)) + zone(line);
    } catch (DateTimeParseException other) {
      return value;
    }
  }

  private static String zone(ContentLine line) {
    if (line.value().endsWith("Z")) {
      return " UTC";
    }
    String zone = line.parameter("TZID");
    return zone.isEmpty() ? "" : " " + zone;
  }

  private static String after(ContentLine start, String duration) {
    String value = start.value();
    try {
      if (value.length() == DAY_LENGTH) {
        LocalDate end = LocalDate.parse(value, DAY).plus(Period.parse(duration)).minusDays(1);
        return end.toString().equals(shown(start, 0)) ? "" : end.toString();
      }
      String local = value.endsWith("Z") ? value.substring(0, value.length() - 1) : value;
      LocalDateTime end = LocalDateTime.parse(local, TIME).plus(Duration.parse(duration));
      return SHOWN.format(end) + zone(start);
    } catch (DateTimeParseException weeks) {
      return duration;
    }
  }

  private static String person(ContentLine line) {
    String address = line.text().replaceFirst("(?i)^mailto:", "");
    String name = line.parameter("CN");
    return name.isEmpty() || name.equalsIgnoreCase(address) ? address : name + " <" + address + ">";
  }
}
