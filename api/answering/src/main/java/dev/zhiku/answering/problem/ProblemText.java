package dev.zhiku.answering.problem;

import dev.zhiku.index.message.Messages;
import dev.zhiku.index.message.Phrase;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
  private static final Messages MESSAGES = new Messages("dev.zhiku.answering.problem.problems");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|\\p{Cf}");

  /** The text of a problem, in Chinese for a Chinese locale and in English for any other. */
  public static ProblemText of(ProblemCode code, List<Object> values, Locale locale) {
    // Places without a value stay empty instead of showing their number.
    Object[] filled = new Object[MAX_PLACES];
    Arrays.setAll(filled, i -> i < values.size() ? shown(values.get(i)) : "");
    String key = code.wireName();
    return new ProblemText(
        MESSAGES.text(locale, key + ".title"),
        MESSAGES.text(locale, key + ".detail", filled).strip(),
        MESSAGES.text(locale, key + ".remedy", filled).strip());
  }

  private static Object shown(Object value) {
    return switch (value) {
      case Number number -> NumberFormat.getIntegerInstance(Locale.ROOT).format(number);
      case Phrase phrase -> phrase;
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
