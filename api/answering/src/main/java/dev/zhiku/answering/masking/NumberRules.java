package dev.zhiku.answering.masking;

import dev.zhiku.answering.masking.PersonalNumbers.Candidate;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules that tell the number of a card or of a telephone from other rows of digits. */
final class NumberRules {
  private static final Pattern MOBILE = Pattern.compile("(?:(?:00)?86|0)?1[3-9]\\d{9}");

  /** An area code and the number apart from it, groups with a blank between them. */
  private static final Pattern LANDLINE =
      Pattern.compile("(?:(?:00)?86 ?)?0(?:10|2\\d|[3-9]\\d\\d)(?: ?\\d){7,8}");

  private static final Pattern AREA = Pattern.compile("(?:.* )?(?:86)?0\\d{2,3} .*");

  private static final Pattern LANDLINE_IN_ONE =
      Pattern.compile("(?:(?:00)?86)?0(?:10|2\\d|[3-9]\\d\\d)[2-9]\\d{6,7}");
  private static final Pattern ABROAD = Pattern.compile("[1-9]\\d{9,14}");
  private static final Pattern ABROAD_IN_GROUPS = Pattern.compile("[1-9]\\d{7,14}");
  private static final Pattern ABROAD_BY_ZEROS = Pattern.compile("00[1-9]\\d{8,14}");

  /** Of the networks: 2 for some of them alone, 1, 7 and 8 for none that pays. */
  private static final Pattern CARD =
      Pattern.compile(
          "(?:[34569]\\d|220[0-4]|222[1-9]|22[3-9]\\d|2[3-6]\\d\\d|27[01]\\d|2720)\\d+");

  /** The first two digits of a card of 15: provinces. */
  private static final Pattern PROVINCE =
      Pattern.compile("(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\\d+");

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";
  private static final int LONG_CARD = 18;
  private static final int SHORT_CARD = 15;
  private static final int LEAST_CARD = 13;
  private static final int MOST_GROUPS = 6;
  private static final int QUARTET = 4;
  private static final int DECIMAL = 10;

  private NumberRules() {}

  /** The end of the number that these digits are; 0 if they are none. */
  static int end(Candidate found, Set<MaskedKind> kinds) {
    if (!isGrouped(found.sizes())) {
      return 0;
    }
    if (kinds.contains(MaskedKind.ID_CARD)) {
      int end = endOfIdCard(found);
      if (end > 0) {
        return end;
      }
    }
    boolean is =
        (kinds.contains(MaskedKind.PHONE) && isPhone(found))
            || (kinds.contains(MaskedKind.BANK_CARD) && isBankCard(found));
    return is ? found.end() : 0;
  }

  /** Few groups, or such of one size: many of any size are a row of a table. */
  private static boolean isGrouped(List<Integer> sizes) {
    return sizes.size() <= MOST_GROUPS
        || sizes.subList(0, sizes.size() - 1).stream().distinct().count() == 1;
  }

  private static int endOfIdCard(Candidate found) {
    String digits = found.digits();
    if (digits.length() == LONG_CARD) {
      return isIdCard(digits) ? found.end() : 0;
    }
    if (digits.length() == LONG_CARD - 1) {
      int end = afterX(found);
      return end > 0 && isIdCard(digits + "X") ? end : 0;
    }
    boolean isShort =
        digits.length() == SHORT_CARD
            && PROVINCE.matcher(digits).matches()
            && isDay("19" + digits.substring(6, 12));
    return isShort ? found.end() : 0;
  }

  /** Behind an X that ends the digits, by itself or after one sign; 0 if there is none. */
  private static int afterX(Candidate found) {
    String text = found.text();
    for (int at = found.end(); at <= found.end() + 1 && at < text.length(); at++) {
      if (Character.toUpperCase(text.charAt(at)) == 'X') {
        boolean ends = at + 1 >= text.length() || !PlainText.isLetterOrDigit(text.charAt(at + 1));
        return ends ? at + 1 : 0;
      }
      if (PlainText.isLetterOrDigit(text.charAt(at))) {
        return 0;
      }
    }
    return 0;
  }

  private static boolean isIdCard(String number) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (number.charAt(i) - '0');
    }
    return CHECKS.charAt(sum % CHECKS.length()) == number.charAt(LONG_CARD - 1)
        && number.charAt(0) != '0'
        && isDay(number.substring(6, 14));
  }

  private static boolean isDay(String digits) {
    try {
      int year = Integer.parseInt(digits.substring(0, 4));
      LocalDate day =
          LocalDate.of(
              year,
              Integer.parseInt(digits.substring(4, 6)),
              Integer.parseInt(digits.substring(6)));
      return day.getYear() >= 1850 && day.getYear() < 2150;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isPhone(Candidate found) {
    String digits = found.digits();
    boolean apart = found.sizes().size() > 1;
    boolean abroad = found.start() > 0 && found.text().charAt(found.start() - 1) == '+';
    boolean decimal = found.gaps().equals(List.of("."));
    return (MOBILE.matcher(digits).matches() && !decimal)
        || (apart ? isLandline(found) : LANDLINE_IN_ONE.matcher(digits).matches())
        || (abroad && (apart ? ABROAD_IN_GROUPS : ABROAD).matcher(digits).matches())
        || (apart && ABROAD_BY_ZEROS.matcher(digits).matches());
  }

  private static boolean isLandline(Candidate found) {
    StringBuilder groups = new StringBuilder();
    int at = 0;
    for (int size : found.sizes()) {
      groups.append(at > 0 ? " " : "").append(found.digits(), at, at + size);
      at += size;
    }
    return AREA.matcher(groups).matches() && LANDLINE.matcher(groups).matches();
  }

  private static boolean isBankCard(Candidate found) {
    return found.digits().length() >= LEAST_CARD
        && CARD.matcher(found.digits()).matches()
        && isOfCard(found)
        && isLuhn(found.digits());
  }

  /** In one row, by the same sign throughout, in the sizes that cards are printed and typed in. */
  private static boolean isOfCard(Candidate found) {
    List<Integer> sizes = found.sizes();
    boolean alike = found.gaps().stream().distinct().count() <= 1;
    boolean inLine = found.gaps().stream().noneMatch(gap -> gap.matches("(?s).*[\\t\\n\\r].*"));
    boolean quartets =
        sizes.subList(0, sizes.size() - 1).stream().allMatch(size -> size == QUARTET);
    boolean few = sizes.size() <= 3;
    boolean single = sizes.stream().distinct().count() == 1;
    return alike && inLine && (quartets || few || single);
  }

  private static boolean isLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int twice = i % 2 == 1 ? 2 * digit : digit;
      sum += twice >= DECIMAL ? twice - (DECIMAL - 1) : twice;
    }
    return sum % DECIMAL == 0;
  }
}
