package dev.zhiku.answering.problem;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

/**
 * What people read of a problem, in their language.
 *
 * @param title a few words, the same for every case of its code
 * @param detail what happened, with the values
 * @param remedy what to do about it
 */
public record ProblemText(String title, String detail, String remedy) {
  /** Longest value put into a message, in characters; the rest is cut. */
  private static final int MAX_VALUE_CHARS = 200;

  private static final int MAX_PLACES = 2;
  private static final String BUNDLE = "dev.zhiku.answering.problem.problems";
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|\\p{Cf}");

  /** The text of a problem, in Chinese for a Chinese locale and in English for any other. */
  public static ProblemText of(ProblemCode code, List<Object> values, Locale locale) {
    ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, locale, NO_FALLBACK);
    Object[] filled = values.stream().map(value -> shown(value, locale)).toArray();
    String key = code.wireName();
    return new ProblemText(
        bundle.getString(key + ".title"),
        format(bundle.getString(key + ".detail"), filled),
        format(bundle.getString(key + ".remedy"), filled));
  }

  private static String format(String pattern, Object[] values) {
    // Places without a value stay empty instead of showing their number.
    Object[] padded = Arrays.copyOf(values, MAX_PLACES);
    Arrays.fill(padded, Math.min(values.length, MAX_PLACES), MAX_PLACES, "");
    return new MessageFormat(pattern, Locale.ROOT).format(padded).strip();
  }

  private static Object shown(Object value, Locale locale) {
    return switch (value) {
      case Number number -> number;
      case Phrase phrase -> phrase.in(locale);
      default -> plain(value.toString());
    };
  }

  private static String plain(String text) {
    String line = CONTROL.matcher(text).replaceAll(" ");
    if (line.length() <= MAX_VALUE_CHARS) {
      return line;
    }
    boolean splitsPair = Character.isHighSurrogate(line.charAt(MAX_VALUE_CHARS - 1));
    return line.substring(0, splitsPair ? MAX_VALUE_CHARS - 1 : MAX_VALUE_CHARS) + "…";
  }
}
