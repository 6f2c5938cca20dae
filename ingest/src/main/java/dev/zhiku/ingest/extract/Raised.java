package dev.zhiku.ingest.extract;

/** Raised text in characters of its own, so that 10⁷ does not become 107. */
public final class Raised {
  private static final String PLAIN = "0123456789+-−=()ni";
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ";

  private Raised() {}

  /** Numbers raised; other text as it is. */
  public static String number(String text) {
    boolean number =
        text.codePoints().allMatch(c -> PLAIN.indexOf(c) >= 0)
            && (text.length() == 1 || text.chars().anyMatch(c -> c >= '0' && c <= '9'));
    return number ? raised(text) : text;
  }

  /** An exponent: raised where there are characters for it, else behind {@code ^}. */
  public static String power(String text) {
    if (text.isEmpty() || text.codePoints().allMatch(c -> PLAIN.indexOf(c) >= 0)) {
      return raised(text);
    }
    return text.codePointCount(0, text.length()) == 1 ? "^" + text : "^(" + text + ")";
  }

  private static String raised(String text) {
    StringBuilder raised = new StringBuilder();
    text.codePoints().forEach(c -> raised.append(RAISED.charAt(PLAIN.indexOf(c))));
    return raised.toString();
  }
}
