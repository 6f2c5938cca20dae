package dev.zhiku.answering.watch;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether an answer is written in another script than its question, where the question does not ask
 * for a language: Latin words without a Chinese one for a Chinese question, mostly Han characters
 * or another script for any other. Names, addresses and numbers alone are in no language. Languages
 * of one script (English and French) are not told apart. Pure.
 */
public final class UnaskedLanguage {
  /** Fewer Latin words than these may be a name or an address. */
  private static final int LEAST_WORDS = 8;

  /** Fewer characters of another script than these may be a name. */
  private static final int LEAST_CHARACTERS = 16;

  /** The same of Latin letters, four of which say about as much as one Han character. */
  private static final int LEAST_LETTERS = 64;

  private static final double ASKED_HAN_SHARE = 0.1;
  private static final double HAN_SHARE = 0.05;
  private static final double OTHER_SHARE = 0.5;

  private static final Pattern LATIN_WORD =
      Pattern.compile("(?<![\\p{L}\\p{N}@./_-])\\p{Ll}+(?![\\p{L}\\p{N}@/_-])");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?(?:```|$)|`[^`\\n]*`");
  private static final Set<String> LANGUAGES = languages();

  private UnaskedLanguage() {}

  /** Names of all languages that Java knows, in English and Chinese, in lower case. */
  private static Set<String> languages() {
    return Arrays.stream(Locale.getISOLanguages())
        .map(Locale::of)
        .flatMap(
            language ->
                Stream.of(Locale.ENGLISH, Locale.CHINESE, Locale.TRADITIONAL_CHINESE)
                    .map(language::getDisplayLanguage))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(name -> name.length() > 1)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Judges a whole answer.
   *
   * @param question as it was asked
   * @param answer Markdown; code in it says nothing
   */
  public static boolean isUsed(String question, String answer) {
    String prose = CODE.matcher(answer).replaceAll(" ");
    boolean other = isChinese(question) ? lacksHan(prose) : isInOtherScript(question, prose);
    return other && !namesLanguage(question);
  }

  /** A question about something with a Latin name has few Han characters. */
  private static boolean isChinese(String question) {
    return letters(question, UnicodeScript.HAN) > ASKED_HAN_SHARE * letters(question);
  }

  private static boolean lacksHan(String answer) {
    long han = letters(answer, UnicodeScript.HAN);
    return han < HAN_SHARE * letters(answer)
        && (LATIN_WORD.matcher(answer).results().count() >= LEAST_WORDS
            || letters(answer) - han - letters(answer, UnicodeScript.LATIN) >= LEAST_CHARACTERS);
  }

  private static boolean isInOtherScript(String question, String answer) {
    UnicodeScript asked = mostUsed(question);
    UnicodeScript used = mostUsed(answer);
    long characters = letters(answer, used);
    return used != asked
        && characters >= (used == UnicodeScript.LATIN ? LEAST_LETTERS : LEAST_CHARACTERS)
        && characters > OTHER_SHARE * letters(answer);
  }

  private static UnicodeScript mostUsed(String text) {
    return text
        .codePoints()
        .filter(Character::isLetter)
        .mapToObj(UnicodeScript::of)
        .collect(Collectors.groupingBy(script -> script, Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(UnicodeScript.COMMON);
  }

  private static long letters(String text) {
    return text.codePoints().filter(Character::isLetter).count();
  }

  private static long letters(String text, UnicodeScript script) {
    return text.codePoints()
        .filter(c -> Character.isLetter(c) && UnicodeScript.of(c) == script)
        .count();
  }

  /** 英文 says the same as 英语. */
  private static boolean namesLanguage(String question) {
    String lower = question.toLowerCase(Locale.ROOT);
    String spoken = lower.replace('文', '语');
    return LANGUAGES.stream().anyMatch(name -> contains(lower, name) || contains(spoken, name));
  }

  /** A Latin name as a whole word, a Chinese one anywhere. */
  private static boolean contains(String text, String name) {
    boolean latin = name.codePoints().allMatch(c -> UnicodeScript.of(c) != UnicodeScript.HAN);
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      if (!latin
          || ((at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
              && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end))))) {
        return true;
      }
    }
    return false;
  }
}
