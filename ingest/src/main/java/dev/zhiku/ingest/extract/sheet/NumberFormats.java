package dev.zhiku.ingest.extract.sheet;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Formats of cells as text, those included that a workbook names by number alone. */
final class NumberFormats {
  private static final Pattern NUMERALS = Pattern.compile("(?i)DBNum([1-4])");
  private static final Map<Integer, String> BUILT_IN =
      Map.ofEntries(
          Map.entry(14, "yyyy/m/d"),
          Map.entry(22, "yyyy/m/d h:mm"),
          Map.entry(27, "yyyy\"年\"m\"月\""),
          Map.entry(28, "m\"月\"d\"日\""),
          Map.entry(29, "m\"月\"d\"日\""),
          Map.entry(30, "yyyy-m-d"),
          Map.entry(31, "yyyy\"年\"m\"月\"d\"日\""),
          Map.entry(32, "h\"时\"mm\"分\""),
          Map.entry(33, "h\"时\"mm\"分\"ss\"秒\""),
          Map.entry(34, "上午/下午h\"时\"mm\"分\""),
          Map.entry(35, "上午/下午h\"时\"mm\"分\"ss\"秒\""),
          Map.entry(36, "yyyy\"年\"m\"月\""),
          Map.entry(50, "yyyy\"年\"m\"月\""),
          Map.entry(51, "m\"月\"d\"日\""),
          Map.entry(52, "yyyy\"年\"m\"月\""),
          Map.entry(53, "m\"月\"d\"日\""),
          Map.entry(54, "m\"月\"d\"日\""),
          Map.entry(55, "上午/下午h\"时\"mm\"分\""),
          Map.entry(56, "上午/下午h\"时\"mm\"分\"ss\"秒\""),
          Map.entry(57, "yyyy\"年\"m\"月\""),
          Map.entry(58, "m\"月\"d\"日\""));
  private static final Pattern SHORT_DATE = Pattern.compile("m/d/yy(?: h:mm)?");
  private static final String RESERVED = "reserved-";

  private NumberFormats() {}

  /** The numbers of formats that have a text here. */
  static Iterable<Integer> numbers() {
    return BUILT_IN.keySet();
  }

  /**
   * @param written the format's text in the workbook or in POI's list; null if neither has one
   */
  static String text(int number, @Nullable String written) {
    String known = BUILT_IN.get(number);
    boolean unnamed =
        written == null || written.startsWith(RESERVED) || SHORT_DATE.matcher(written).matches();
    if (known != null && unnamed) {
      return known;
    }
    return written == null ? PlainNumbers.GENERAL : written;
  }

  /** The style of Chinese numerals that a bracket asks for; 0 for none. */
  static int numerals(String bracket) {
    Matcher style = NUMERALS.matcher(bracket);
    return style.matches() ? style.group(1).charAt(0) - '0' : 0;
  }

  /** The section for values above zero. */
  static String firstSection(String format) {
    boolean quoted = false;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      quoted ^= c == '"';
      if (!quoted && (c == '\\' || c == '!')) {
        i++;
      } else if (c == ';' && !quoted) {
        return format.substring(0, i);
      }
    }
    return format;
  }
}
