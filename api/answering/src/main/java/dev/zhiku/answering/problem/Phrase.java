package dev.zhiku.answering.problem;

import java.util.Locale;

/**
 * A few words in both languages, to fill a place in a message.
 *
 * @param english as part of a sentence
 * @param chinese the same
 */
public record Phrase(String english, String chinese) {
  /** Chinese for a Chinese locale, English for any other. */
  public String in(Locale locale) {
    return locale.getLanguage().equals("zh") ? chinese : english;
  }
}
