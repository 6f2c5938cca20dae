package dev.zhiku.api.search;

import dev.zhiku.index.Filter;
import dev.zhiku.index.Hit;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.SearchRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much each word of a question tells. An index gives no frequencies, but the best score of a
 * search for one word alone grows with the word's rarity, and measured as well as frequencies do.
 */
final class WordWeights {
  /** Most words weighed; of a longer question the first ones. */
  private static final int MAX_WORDS = 48;

  /** Weight of a word that is nowhere, in logarithms of the number of passages. */
  private static final double NOWHERE = 1.2;

  private WordWeights() {}

  /**
   * @param visible the words of what cannot be seen count as being nowhere
   */
  static Map<String, Double> of(String question, Snapshot snapshot, Filter visible)
      throws InterruptedException {
    Map<String, Double> weights = new HashMap<>();
    List<String> words = QuestionWords.of(question).stream().limit(MAX_WORDS).toList();
    for (String word : words) {
      SearchRequest alone = new SearchRequest(word, Map.of(), visible, 1);
      snapshot.candidates(alone).words().stream()
          .map(Hit::score)
          .findFirst()
          .ifPresent(score -> weights.put(word, score));
    }
    double rarest = weights.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double nowhere = Math.max(rarest, NOWHERE * Math.log1p((double) snapshot.stats().passages()));
    Set<String> known = Set.copyOf(weights.keySet());
    words.forEach(word -> weights.putIfAbsent(word, isJoint(word, known) ? 0 : nowhere));
    return weights;
  }

  /**
   * Whether a pair of ideographs only joins two words that are known: in 样机每次 the pairs 样机 and 每次
   * are words, 机每 is none and would weigh as the rarest of all.
   */
  private static boolean isJoint(String word, Set<String> known) {
    return isPair(word)
        && known.stream().anyMatch(k -> isPair(k) && k.charAt(1) == word.charAt(0))
        && known.stream().anyMatch(k -> isPair(k) && k.charAt(0) == word.charAt(1));
  }

  private static boolean isPair(String word) {
    return word.length() == 2 && word.chars().allMatch(Character::isIdeographic);
  }
}
