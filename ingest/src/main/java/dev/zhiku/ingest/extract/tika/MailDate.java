package dev.zhiku.ingest.extract.tika;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The date of a mail with the day, time and offset of its sender, digits first. */
final class MailDate {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{1,2})[\\s-]+([A-Za-z]{3})[a-z]*[\\s-]+(\\d{2,4})\\s+"
              + "(\\d{1,2}):(\\d{2})(?::(\\d{2}))?\\s*([+-]\\d{4}|[A-Za-z]{1,5})?");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int LAST_OF_THIS_CENTURY = 49;

  private MailDate() {}

  /** As {@code 2026-08-19 07:30:00 +0800}; what is in no known form stays as it is. */
  static String shown(String written) {
    Matcher date = FORM.matcher(written);
    if (!date.find()) {
      return written;
    }
    int month = MONTHS.indexOf(date.group(2).toLowerCase(Locale.ROOT)) + 1;
    try {
      LocalDateTime time =
          LocalDateTime.of(
              year(Integer.parseInt(date.group(3))),
              month,
              Integer.parseInt(date.group(1)),
              Integer.parseInt(date.group(4)),
              Integer.parseInt(date.group(5)),
              date.group(6) == null ? 0 : Integer.parseInt(date.group(6)));
      return date.group(7) == null ? SHOWN.format(time) : SHOWN.format(time) + " " + date.group(7);
    } catch (DateTimeException noSuchDay) {
      return written;
    }
  }

  private static int year(int written) {
    if (written >= 1000) {
      return written;
    }
    return written <= LAST_OF_THIS_CENTURY ? 2000 + written : 1900 + written;
  }
}
