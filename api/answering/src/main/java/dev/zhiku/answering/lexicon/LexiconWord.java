package dev.zhiku.answering.lexicon;

import dev.zhiku.index.words.SearchText;
import dev.zhiku.index.words.Words;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of the lexicon, in the form that texts are searched in. A Chinese verb is found with what
 * may stand inside it: 喝酒 in 喝了酒. An English word is found by its stem.
 *
 * @param text normalised
 * @param terms its words as {@link Words#terms()} makes them
 */
record LexiconWord(String text, List<String> terms, Pattern asked) {
  private static final String INSIDE = "[了过着点个次完]{0,2}";
  private static final int VERB = 2;

  static LexiconWord of(String written) {
    String text = SearchText.normalize(written).strip();
    return new LexiconWord(text, Words.of(text).terms(), pattern(text));
  }

  /** Whether other signs may stand between its two. */
  private static boolean isOpen(String text) {
    return text.length() == VERB && text.codePoints().allMatch(Character::isIdeographic);
  }

  private static Pattern pattern(String text) {
    boolean chinese = text.codePoints().allMatch(Character::isIdeographic);
    if (isOpen(text)) {
      return Pattern.compile(text.charAt(0) + INSIDE + text.charAt(1));
    }
    return chinese || Character.isIdeographic(text.codePointAt(0))
        ? Pattern.compile(Pattern.quote(text))
        : Pattern.compile("(?<![a-z0-9])" + Pattern.quote(text) + "(?:s|es|ed|d|ing)?(?![a-z0-9])");
  }

  /** False where a look for the word would find nothing; quick, for a question meets all words. */
  boolean mayBeIn(String normalized) {
    return isOpen(text)
        ? normalized.indexOf(text.charAt(0)) >= 0 && normalized.indexOf(text.charAt(1)) >= 0
        : normalized.contains(text);
  }

  /** A look for the word in a normalised text. */
  Matcher in(String normalized) {
    return asked.matcher(normalized);
  }

  /**
   * Whether a text holds the word.
   *
   * @param normalized the text
   * @param held its terms
   */
  boolean isIn(String normalized, Set<String> held) {
    return text.codePoints().anyMatch(Character::isIdeographic)
        ? in(normalized).find()
        : held.containsAll(terms);
  }
}
