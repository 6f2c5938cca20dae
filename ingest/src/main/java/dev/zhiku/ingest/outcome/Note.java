package dev.zhiku.ingest.outcome;

import java.util.Locale;

/**
 * Something that people should know, in both languages: a gap in a file that is indexed all the
 * same, or what is wrong with a source.
 *
 * @param english a plain sentence
 * @param chinese the same
 */
public record Note(String english, String chinese) {
  /** Nothing to say. */
  public static final Note NONE = new Note("", "");

  /** Chinese for a Chinese locale, English for any other. */
  public String in(Locale locale) {
    return locale.getLanguage().equals("zh") ? chinese : english;
  }

  public boolean isEmpty() {
    return english.isEmpty();
  }

  /** This one and then the other; either may be empty. */
  public Note and(Note other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    return new Note(english + " " + other.english, chinese + other.chinese);
  }
}
