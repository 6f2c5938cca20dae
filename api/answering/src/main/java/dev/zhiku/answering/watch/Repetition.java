package dev.zhiku.answering.watch;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A model that says the same again and again: a phrase one behind the other, or a sentence or item
 * of a list for the third time. Used by one thread.
 */
final class Repetition {
  /** A sentence that is said so often is said without end. */
  private static final int SENTENCES = 3;

  private static final int LEAST_LETTERS = 14;
  private static final int LEAST_IDEOGRAPHS = 6;

  private static final int LONGEST_PHRASE = 120;
  private static final int PHRASES = 4;

  /** Lines of a table or a form repeat short ones. */
  private static final int LEAST_REPEATED = 60;

  private static final Pattern ORDINAL = Pattern.compile("^\\W*\\d{1,4}[.)、）:]?\\s*");
  private static final Pattern BETWEEN = Pattern.compile("[\\s*_`\"“”'’]+");

  private final StringBuilder text = new StringBuilder();
  private final Map<String, Integer> said = new HashMap<>();
  private final Map<String, Integer> firstEnds = new HashMap<>();
  private int sentence;
  private boolean fenced;

  /**
   * The next characters, cut anywhere.
   *
   * @return how many characters of the text were said before it began to repeat, once it does
   */
  OptionalInt add(String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      text.append(c);
      OptionalInt found = isEnd(c) ? sentence() : OptionalInt.empty();
      if (found.isEmpty() && (text.length() & 15) == 0) {
        found = phrase();
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isEnd(char c) {
    return c == '\n' || c == '.' || c == '!' || c == '?' || "。！？；".indexOf(c) >= 0;
  }

  private OptionalInt sentence() {
    String whole = text.substring(sentence).strip();
    sentence = text.length();
    if (whole.startsWith("```")) {
      fenced = !fenced;
    }
    String bare =
        BETWEEN
            .matcher(ORDINAL.matcher(whole).replaceFirst(""))
            .replaceAll(" ")
            .strip()
            .toLowerCase(Locale.ROOT);
    if (fenced || !isLong(bare)) {
      return OptionalInt.empty();
    }
    firstEnds.putIfAbsent(bare, sentence);
    int times = said.merge(bare, 1, Integer::sum);
    return times >= SENTENCES
        ? OptionalInt.of(firstEnds.getOrDefault(bare, sentence))
        : OptionalInt.empty();
  }

  private static boolean isLong(String sentence) {
    long ideographs = sentence.codePoints().filter(Character::isIdeographic).count();
    long letters = sentence.codePoints().filter(Character::isLetter).count();
    return ideographs >= LEAST_IDEOGRAPHS || letters >= LEAST_LETTERS;
  }

  /** The end of the text as one phrase several times. */
  private OptionalInt phrase() {
    for (int length = 1; length <= LONGEST_PHRASE; length++) {
      int all = Math.max(length * PHRASES, LEAST_REPEATED);
      int from = text.length() - all;
      if (from < 0) {
        return OptionalInt.empty();
      }
      if (repeats(from, length)) {
        return OptionalInt.of(begin(from, length) + length);
      }
    }
    return OptionalInt.empty();
  }

  private boolean repeats(int from, int length) {
    boolean words = false;
    for (int i = text.length() - 1; i >= from + length; i--) {
      if (text.charAt(i) != text.charAt(i - length)) {
        return false;
      }
      words |= Character.isLetterOrDigit(text.charAt(i));
    }
    return words;
  }

  private int begin(int from, int length) {
    int begin = from;
    while (begin > 0 && text.charAt(begin - 1) == text.charAt(begin - 1 + length)) {
      begin--;
    }
    return begin;
  }
}
