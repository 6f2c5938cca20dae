package dev.zhiku.ingest.extract.sheet;

/** Numbers in Chinese characters, everyday (style 1) or as on bank notes (style 2). */
final class ChineseNumerals {
  private static final int MYRIAD_DIGITS = 4;
  private static final String[] MYRIADS = {"", "万", "亿", "万亿"};
  private static final String[] DIGITS = {"", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"};
  private static final String[] PLACES = {"", "十百千", "拾佰仟"};

  private ChineseNumerals() {}

  /** Digit by digit; other styles, which are digits of another width, stay. */
  static String digits(String number, int style) {
    if (style < 1 || style >= DIGITS.length) {
      return number;
    }
    StringBuilder spelled = new StringBuilder();
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      spelled.append(c >= '0' && c <= '9' ? DIGITS[style].charAt(c - '0') : c);
    }
    return spelled.toString();
  }

  /** With ten, hundred, thousand and myriads, as for days: twelve is {@code 十二}. */
  static String counted(long number, int style) {
    String spelled = spelled(number, style);
    return style == 1 && spelled.startsWith("一十") ? spelled.substring(1) : spelled;
  }

  /** With ten, hundred, thousand and myriads. */
  static String spelled(long number, int style) {
    String written = Long.toString(number);
    if (style < 1
        || style >= DIGITS.length
        || number < 0
        || written.length() > MYRIAD_DIGITS * MYRIADS.length) {
      return written;
    }
    if (number == 0) {
      return digits(written, style).replace('〇', '零');
    }
    StringBuilder spelled = new StringBuilder();
    boolean zero = false;
    boolean group = false;
    for (int i = 0; i < written.length(); i++) {
      int place = written.length() - 1 - i;
      int digit = written.charAt(i) - '0';
      if (digit == 0) {
        zero = true;
      } else {
        spelled.append(zero && !spelled.isEmpty() ? "零" : "").append(DIGITS[style].charAt(digit));
        zero = false;
        group = true;
        if (place % MYRIAD_DIGITS > 0) {
          spelled.append(PLACES[style].charAt(place % MYRIAD_DIGITS - 1));
        }
      }
      if (place % MYRIAD_DIGITS == 0 && group) {
        spelled.append(MYRIADS[place / MYRIAD_DIGITS]);
        group = false;
      }
    }
    return spelled.toString();
  }
}
