package dev.zhiku.answering.question;

import dev.zhiku.index.words.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Words of a question that are spelled otherwise in the documents: Wi-Fi where these have WiFi,
 * TR88 where they have TR 88. What only one spelling has is not missing. Pure.
 */
final class Spellings {
  private Spellings() {}

  /**
   * The words that another spelling of the same word stands for.
   *
   * @param words of the question
   * @param known those of them that the documents hold
   */
  static Set<String> spelledOtherwise(Set<String> words, Set<String> known) {
    Set<String> otherwise = new HashSet<>();
    for (String word : words) {
      List<String> spellings = Words.of(word).terms();
      if (spellings.size() > 1 && isHeld(word, spellings, known)) {
        spellings.stream().filter(spelling -> !known.contains(spelling)).forEach(otherwise::add);
      }
    }
    return otherwise;
  }

  /** Whether the word is known as a whole, in one spelling or another, or all of its parts are. */
  private static boolean isHeld(String word, List<String> spellings, Set<String> known) {
    Set<String> whole = new HashSet<>(List.of(word));
    Words.of(lettersOf(word)).terms().stream().limit(1).forEach(whole::add);
    return whole.stream().anyMatch(known::contains)
        || spellings.stream().filter(part -> !whole.contains(part)).allMatch(known::contains);
  }

  private static String lettersOf(String word) {
    return word.codePoints()
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
