package dev.zhiku.ingest.extract.sheet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/** Values as a sheet shows them, but account and part numbers with all their digits. */
final class PlainNumbers extends DataFormatter {
  /** Name of the format that a cell has when nobody chose one. */
  static final String GENERAL = "General";

  private static final double EXACT_BELOW = 1e15;
  private static final Pattern NUMERALS = Pattern.compile("\\[(?i:(DBNum[1-4]))]");
  private static final Pattern PLACE = Pattern.compile("\\[\\$-[^\\]]*]");

  /** Digits with words set between them, as in {@code 0!.0,"万"} or {@code 000\-0000}. */
  private static final Pattern WORDS_BETWEEN_DIGITS =
      Pattern.compile("[0#?](?:[\\\\!].|-|\\s|\"[^\"]*\")+[0#?]");

  private static final Pattern PLACED =
      Pattern.compile("\"(?<quoted>[^\"]*)\"|[\\\\!](?<escaped>.)|(?<scale>,)|(?<plain>.)");
  private static final Pattern NOT_PLACED = Pattern.compile("[#0?]\\.[#0?]|[;%/]|E[+-]|\\[");
  private static final Pattern SHOWS_VALUE = Pattern.compile("(?i)[0#?@;/]|general|[ymdhsaeb]");
  private static final Pattern WORDS = Pattern.compile("\"[^\"]*\"|[\\\\!].");

  private static final Pattern DECIMAL = Pattern.compile("\\d{1,15}\\.\\d+");

  private final boolean from1904;

  /**
   * @param from1904 whether days are counted from 1904
   */
  PlainNumbers(boolean from1904) {
    super(Locale.ROOT);
    this.from1904 = from1904;
  }

  @Override
  public String formatRawCellContents(double value, int index, @Nullable String written) {
    String format = NumberFormats.text(index, written);
    if (isNotShown(value, format)) {
      return "";
    }
    Optional<String> date = DateText.of(format).flatMap(text -> text.shown(value, from1904));
    if (date.isPresent()) {
      return date.get();
    }
    Matcher numerals = NUMERALS.matcher(format);
    if (numerals.find()) {
      int style = NumberFormats.numerals(numerals.group(1));
      String rest = PLACE.matcher(numerals.replaceAll("")).replaceAll("");
      return inNumerals(value, index, rest.isEmpty() ? GENERAL : rest, style);
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT_BELOW;
    if (whole && GENERAL.equalsIgnoreCase(format)) {
      return BigDecimal.valueOf(value).toBigInteger().toString();
    }
    if (WORDS_BETWEEN_DIGITS.matcher(format).find()
        && !NOT_PLACED.matcher(WORDS.matcher(format).replaceAll("")).find()) {
      return placed(value, format);
    }
    FormatSections sections = new FormatSections(format);
    if (sections.isScaled()) {
      FormatSections.Scaled scaled = sections.of(value);
      return formatRawCellContents(scaled.value(), index, scaled.section());
    }
    if (!SHOWS_VALUE.matcher(WORDS.matcher(format).replaceAll("")).find()) {
      return DateText.words(format).strip();
    }
    boolean date1904 = from1904 && DateUtil.isADateFormat(index, format);
    return super.formatRawCellContents(value, index, format.replace('!', '\\'), date1904);
  }

  /** Whether the format has nothing for such values, as {@code ;;;} has for none. */
  private static boolean isNotShown(double value, String format) {
    String[] sections = format.split(";", -1);
    if (sections.length < 2 || format.indexOf('[') >= 0 || format.indexOf('"') >= 0) {
      return false;
    }
    int section = value > 0 ? 0 : 1;
    if (value == 0) {
      section = sections.length > 2 ? 2 : 0;
    }
    return sections[section].isEmpty();
  }

  private String inNumerals(double value, int index, String format, int style) {
    boolean whole = value == Math.rint(value) && value >= 0 && value < EXACT_BELOW;
    int general = format.toLowerCase(Locale.ROOT).indexOf("general");
    if (whole && general >= 0 && NumberFormats.firstSection(format).length() > general) {
      String spelled = ChineseNumerals.spelled((long) value, style);
      return DateText.words(format.substring(0, general))
          + spelled
          + DateText.words(
              NumberFormats.firstSection(format.substring(general + GENERAL.length())));
    }
    String shown = formatRawCellContents(value, index, format);
    int point = shown.indexOf('.');
    if (format.equalsIgnoreCase(GENERAL) && DECIMAL.matcher(shown).matches()) {
      return ChineseNumerals.spelled(Long.parseLong(shown.substring(0, point)), style)
          + ChineseNumerals.digits(shown.substring(point), style);
    }
    return ChineseNumerals.digits(shown, style);
  }

  /** Sets the digits into their places from the right; those left over go before the first. */
  private static String placed(double value, String format) {
    StringBuilder template = new StringBuilder();
    int thousands = 0;
    for (Matcher part = PLACED.matcher(format); part.find(); ) {
      if (part.group("quoted") != null) {
        template.append(escaped(part.group("quoted")));
      } else if (part.group("escaped") != null) {
        template.append(escaped(part.group("escaped")));
      } else if (part.group("scale") != null) {
        thousands++;
      } else {
        String plain = part.group("plain");
        template.append("0#?".contains(plain) ? plain : escaped(plain));
      }
    }
    BigDecimal scaled = BigDecimal.valueOf(Math.abs(value)).movePointLeft(3 * thousands);
    String digits = scaled.setScale(0, RoundingMode.HALF_UP).toPlainString();
    return (value < 0 ? "-" : "") + filled(template, digits);
  }

  private static String escaped(String words) {
    return words.replaceAll("(?s)(.)", "\u0000$1");
  }

  private static String filled(StringBuilder template, String digits) {
    StringBuilder reversed = new StringBuilder();
    int left = digits.length();
    int first = firstPlace(template);
    for (int i = template.length() - 1; i >= 0; i--) {
      boolean word = i > 0 && template.charAt(i - 1) == 0;
      if (word) {
        reversed.append(template.charAt(i));
        i--;
      } else {
        left--;
        reversed.append(left >= 0 ? digits.substring(left, left + 1) : "0");
        while (i == first && left > 0) {
          left--;
          reversed.append(digits.charAt(left));
        }
      }
    }
    return reversed.reverse().toString();
  }

  private static int firstPlace(StringBuilder template) {
    int at = 0;
    while (at < template.length() && template.charAt(at) == 0) {
      at += 2;
    }
    return at;
  }
}
