package dev.zhiku.index.message;

import java.util.Locale;
import java.util.Set;

/**
 * A sentence, or a part of one, in every language that the product speaks. {@link Messages} makes
 * them; the texts are those of the bundles with their values filled in.
 *
 * @param english also for readers of any other language
 * @param chinese in simplified characters
 * @param traditional Chinese in traditional characters, in the words of Taiwan
 */
public record Phrase(String english, String chinese, String traditional) {
  /** Nothing to say. */
  public static final Phrase NONE = new Phrase("", "");

  private static final Set<String> TRADITIONAL_REGIONS = Set.of("TW", "HK", "MO");

  /** A sentence that was kept before traditional characters were spoken. */
  public Phrase(String english, String chinese) {
    this(english, chinese, chinese);
  }

  /** Words that are the same in each language: a name, a path, what a system said. */
  public static Phrase verbatim(String words) {
    return new Phrase(words, words, words);
  }

  /** Chinese for a Chinese locale, in its characters; English for any other. */
  public String in(Locale locale) {
    if (!locale.getLanguage().equals("zh")) {
      return english;
    }
    return isTraditional(locale) ? traditional : chinese;
  }

  /** Whether readers of this Chinese locale write traditional characters. */
  public static boolean isTraditional(Locale locale) {
    return locale.getScript().isEmpty()
        ? TRADITIONAL_REGIONS.contains(locale.getCountry())
        : locale.getScript().equals("Hant");
  }

  public boolean isEmpty() {
    return english.isEmpty();
  }

  /** This one and then the other; either may be empty. */
  public Phrase and(Phrase other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    return new Phrase(
        english + " " + other.english, chinese + other.chinese, traditional + other.traditional);
  }
}
