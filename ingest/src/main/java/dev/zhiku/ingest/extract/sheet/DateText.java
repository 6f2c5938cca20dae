package dev.zhiku.ingest.extract.sheet;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;

/**
 * A format for dates and times, those of Chinese sheets included: quoted and escaped words, {@code
 * aaaa} for a weekday, {@code 上午/下午}, {@code e} for the year, Chinese numerals.
 */
final class DateText {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?<quoted>[^\"]*)\"?|[\\\\!](?<escaped>.)|[_*].|\\[(?<bracket>[^\\]]*)]"
              + "|(?<half>(?i:AM/PM|A/P)|上午/下午)|(?<fraction>\\.0+)"
              + "|(?<field>(?i:y+|m+|d+|h+|s+|a{3,}|e+|b{2,}))|(?<other>.)",
          Pattern.DOTALL);
  private static final Pattern ELAPSED = Pattern.compile("(?i)h+|m+|s+");
  private static final Pattern CHINESE = Pattern.compile("(?i)\\$[^-]*-(?:\\w*[048c]04|zh.*)");
  private static final int DAY_SECONDS = 86_400;
  private static final int HALF_DAY = 12;
  private static final int BUDDHIST_YEARS = 543;
  private static final double LAST_DAY = 2_958_466;

  private final List<Part> parts = new ArrayList<>();
  private boolean plain = true;
  private boolean chinese;
  private boolean twelveHours;
  private int numerals;
  private int fractionDigits;

  private enum Kind {
    WORDS,
    FIELD,
    MINUTE,
    ELAPSED,
    HALF,
    FRACTION
  }

  private record Part(Kind kind, String text) {
    boolean counts(char unit) {
      return kind != Kind.WORDS && text.startsWith(String.valueOf(unit));
    }
  }

  private DateText(String section) {
    for (Matcher token = TOKEN.matcher(section); token.find(); ) {
      add(token);
    }
    for (int i = 0; i < parts.size(); i++) {
      if (isMinute(i)) {
        parts.set(i, new Part(Kind.MINUTE, parts.get(i).text()));
      }
    }
  }

  /** The reading of a format; empty if it is none for dates. */
  static Optional<DateText> of(String format) {
    if (format.isEmpty() || format.toLowerCase(Locale.ROOT).contains("general")) {
      return Optional.empty();
    }
    DateText text = new DateText(NumberFormats.firstSection(format));
    boolean dated = text.parts.stream().anyMatch(p -> p.kind() != Kind.WORDS);
    return dated && text.plain ? Optional.of(text) : Optional.empty();
  }

  /** The value as words; empty if it is no date. */
  Optional<String> shown(double value, boolean from1904) {
    if (value < 0 || value >= LAST_DAY) {
      return Optional.empty();
    }
    LocalDateTime time = DateUtil.getLocalDateTime(value, from1904, fractionDigits == 0);
    if (time == null) {
      return Optional.empty();
    }
    StringBuilder shown = new StringBuilder();
    for (Part part : parts) {
      shown.append(
          switch (part.kind()) {
            case WORDS -> part.text();
            case FIELD -> field(part.text(), time);
            case MINUTE -> number(time.getMinute(), part.text().length());
            case ELAPSED -> elapsed(part.text(), value);
            case HALF -> half(part.text(), time.getHour() >= HALF_DAY);
            case FRACTION -> fraction(time);
          });
    }
    return Optional.of(shown.toString().strip());
  }

  /** What a part of a format shows apart from values. */
  static String words(String format) {
    StringBuilder words = new StringBuilder();
    for (Part part : new DateText(format).parts) {
      words.append(part.text());
    }
    return words.toString();
  }

  private void add(Matcher token) {
    if (token.group("quoted") != null) {
      parts.add(new Part(Kind.WORDS, token.group("quoted")));
    } else if (token.group("escaped") != null) {
      parts.add(new Part(Kind.WORDS, token.group("escaped")));
    } else if (token.group("bracket") != null) {
      bracket(token.group("bracket"));
    } else if (token.group("half") != null) {
      twelveHours = true;
      parts.add(new Part(Kind.HALF, token.group("half")));
    } else if (token.group("fraction") != null) {
      fraction(token.group("fraction"));
    } else if (token.group("field") != null) {
      parts.add(new Part(Kind.FIELD, token.group("field").toLowerCase(Locale.ROOT)));
    } else if (token.group("other") != null) {
      plain &= "0#?@%".indexOf(token.group("other").charAt(0)) < 0;
      parts.add(new Part(Kind.WORDS, token.group("other")));
    }
  }

  private void bracket(String content) {
    if (ELAPSED.matcher(content).matches()) {
      parts.add(new Part(Kind.ELAPSED, content.toLowerCase(Locale.ROOT)));
    } else if (CHINESE.matcher(content).matches()) {
      chinese = true;
    } else if (content.startsWith("<") || content.startsWith(">") || content.startsWith("=")) {
      plain = false;
    } else {
      numerals = Math.max(numerals, NumberFormats.numerals(content));
    }
  }

  private void fraction(String written) {
    if (!parts.isEmpty() && parts.getLast().counts('s')) {
      fractionDigits = written.length() - 1;
      parts.add(new Part(Kind.FRACTION, written));
    } else {
      plain = false;
    }
  }

  /** Whether this is an {@code m} behind hours or before seconds. */
  private boolean isMinute(int index) {
    Part part = parts.get(index);
    if (part.kind() != Kind.FIELD || !part.counts('m') || part.text().length() > 2) {
      return false;
    }
    Optional<Part> before =
        parts.subList(0, index).reversed().stream().filter(DateText::isTimeOrDate).findFirst();
    Optional<Part> after =
        parts.subList(index + 1, parts.size()).stream().filter(DateText::isTimeOrDate).findFirst();
    return before.filter(p -> p.counts('h')).isPresent()
        || after.filter(p -> p.counts('s')).isPresent();
  }

  private static boolean isTimeOrDate(Part part) {
    return part.kind() == Kind.FIELD || part.kind() == Kind.ELAPSED || part.kind() == Kind.MINUTE;
  }

  private String field(String field, LocalDateTime time) {
    int length = field.length();
    return switch (field.charAt(0)) {
      case 'y' -> year(time.getYear(), length > 2);
      case 'e' -> year(time.getYear(), true);
      case 'b' -> year(time.getYear() + BUDDHIST_YEARS, length > 2);
      case 'm' -> month(time, length);
      case 'd' -> length > 2 ? weekday(time, length) : number(time.getDayOfMonth(), length);
      case 'a' -> chineseWeekday(time, length > 3 ? "星期" : "");
      case 'h' -> number(hour(time.getHour()), length);
      default -> number(time.getSecond(), length);
    };
  }

  private String year(int year, boolean whole) {
    String digits = whole ? Integer.toString(year) : String.format(Locale.ROOT, "%02d", year % 100);
    return ChineseNumerals.digits(digits, numerals);
  }

  private String month(LocalDateTime time, int length) {
    if (length <= 2) {
      return number(time.getMonthValue(), length);
    }
    if (chinese) {
      int style = length == 3 ? numerals : 1;
      return ChineseNumerals.counted(time.getMonthValue(), style) + "月";
    }
    String name = time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return switch (length) {
      case 3 -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 5 -> name.substring(0, 1);
      default -> name;
    };
  }

  private String weekday(LocalDateTime time, int length) {
    if (chinese) {
      return chineseWeekday(time, length == 3 ? "周" : "星期");
    }
    TextStyle style = length == 3 ? TextStyle.SHORT : TextStyle.FULL;
    return time.getDayOfWeek().getDisplayName(style, Locale.ENGLISH);
  }

  private static String chineseWeekday(LocalDateTime time, String before) {
    return before + "一二三四五六日".charAt(time.getDayOfWeek().getValue() - 1);
  }

  private int hour(int hour) {
    if (!twelveHours) {
      return hour;
    }
    return hour % HALF_DAY == 0 ? HALF_DAY : hour % HALF_DAY;
  }

  private String half(String written, boolean afternoon) {
    if (written.length() == 3) {
      return afternoon ? "P" : "A";
    }
    if (chinese || written.startsWith("上")) {
      return afternoon ? "下午" : "上午";
    }
    return afternoon ? "PM" : "AM";
  }

  private String elapsed(String unit, double value) {
    long seconds = Math.round(value * DAY_SECONDS);
    long count =
        switch (unit.charAt(0)) {
          case 'h' -> seconds / 3_600;
          case 'm' -> seconds / 60;
          default -> seconds;
        };
    return number(count, unit.length());
  }

  private String fraction(LocalDateTime time) {
    String nanos = String.format(Locale.ROOT, "%09d", time.get(ChronoField.NANO_OF_SECOND));
    return "." + nanos.substring(0, Math.min(fractionDigits, nanos.length()));
  }

  private String number(long number, int width) {
    return numerals > 0
        ? ChineseNumerals.counted(number, numerals)
        : String.format(Locale.ROOT, width > 1 ? "%02d" : "%d", number);
  }
}
