package dev.zhiku.answering.answer;

import java.util.List;
import java.util.Locale;

/**
 * Something a reader should know beside the answer.
 *
 * @param values fill the places {@code {0}}, {@code {1}} of its sentence
 */
public record Warning(WarningCode code, List<Object> values) {
  public Warning {
    values = List.copyOf(values);
  }

  /** A warning with these values in its sentence. */
  public static Warning of(WarningCode code, Object... values) {
    return new Warning(code, List.of(values));
  }

  /** Its sentence, in Chinese for a Chinese locale and in English for any other. */
  public String in(Locale locale) {
    return AnswerTexts.warning(locale, this);
  }
}
