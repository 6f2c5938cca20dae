package dev.zhiku.answering.question;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import dev.zhiku.index.words.SearchText;
import java.util.HashSet;
import java.util.Set;

/**
 * Pairs of ideographs that lie across the border of two words of a dictionary: in 宿舍早上 the pair 舍早
 * is no word, and that it is nowhere says nothing of what is asked for. A pair beside a single
 * ideograph is none of these, for a name that the dictionary lacks falls into such. Pure.
 */
final class WordBorders {
  private static final int LEAST_WORD = 2;

  private static final BreakIterator WORDS = BreakIterator.getWordInstance(ULocale.CHINESE);

  private WordBorders() {}

  /**
   * Those of a text, and those at the borders of words that an administrator's dictionary adds.
   *
   * @param dictionary normalised words
   */
  static Set<String> pairsAcross(String text, Set<String> dictionary) {
    Set<String> across = new HashSet<>(pairsAcross(text));
    String normalized = SearchText.normalize(text);
    for (String word : dictionary) {
      for (int at = normalized.indexOf(word); at >= 0; at = normalized.indexOf(word, at + 1)) {
        int end = at + word.length();
        for (int i = at; i + LEAST_WORD <= end; i++) {
          across.remove(normalized.substring(i, i + LEAST_WORD));
        }
        addPair(normalized, at - 1, across);
        addPair(normalized, end - 1, across);
      }
    }
    return across;
  }

  private static void addPair(String text, int start, Set<String> across) {
    if (start >= 0 && start + LEAST_WORD <= text.length()) {
      across.add(text.substring(start, start + LEAST_WORD));
    }
  }

  /** Those of a text, as {@link SearchText#normalize} writes them. */
  static Set<String> pairsAcross(String text) {
    String normalized = SearchText.normalize(text);
    BreakIterator words = (BreakIterator) WORDS.clone();
    words.setText(normalized);
    Set<String> across = new HashSet<>();
    Set<String> inside = new HashSet<>();
    int before = 0;
    int start = words.first();
    for (int end = words.next(); end != BreakIterator.DONE; end = words.next()) {
      int length = end - start;
      for (int at = start; at + LEAST_WORD <= end; at++) {
        inside.add(normalized.substring(at, at + LEAST_WORD));
      }
      if (before >= LEAST_WORD && length >= LEAST_WORD) {
        across.add(normalized.substring(start - 1, start + 1));
      }
      before = length;
      start = end;
    }
    across.removeAll(inside);
    return across;
  }
}
