package dev.zhiku.answering.question;

import dev.zhiku.answering.lexicon.Lexicon;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.WordRarity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The weight of each word of a question: the rarer the word, the more it says, among the passages
 * and in its language at large.
 *
 * @param weights of the words, 0 or more
 * @param passages number of passages that the words were looked up in
 * @param nowhere those of the words that none of them holds, however spelled
 */
public record TermRarity(Map<String, Double> weights, long passages, Set<String> nowhere) {
  /** Most words weighed; of a longer question the first ones. */
  private static final int MAX_WORDS = 48;

  /** Weight of a word that is nowhere, in logarithms of the number of passages. */
  private static final double NOWHERE = 1.2;

  public TermRarity {
    weights = Map.copyOf(weights);
    nowhere = Set.copyOf(nowhere);
  }

  /**
   * @param visible the words of what cannot be seen count as being nowhere
   */
  public static TermRarity of(String question, Lexicon lexicon, Snapshot snapshot, Filter visible)
      throws InterruptedException {
    Set<String> words =
        QuestionWords.of(question).stream()
            .limit(MAX_WORDS)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    WordRarity rarity = snapshot.rarity(words, visible);
    Set<String> known = words.stream().filter(rarity::isHeld).collect(Collectors.toSet());
    double rarest = known.stream().mapToDouble(rarity::of).max().orElse(0);
    double nowhere = Math.max(rarest, NOWHERE * Math.log1p((double) rarity.passages()));
    Set<String> otherwise = Spellings.spelledOtherwise(words, known);
    Set<String> across = WordBorders.pairsAcross(question, lexicon.dictionary());
    Map<String, Double> weights = new HashMap<>();
    for (String word : words) {
      double general = nowhere * GeneralRarity.of(word);
      boolean joint = across.contains(word) || isJoint(word, known);
      double unknown = joint || otherwise.contains(word) ? 0 : general;
      weights.put(word, known.contains(word) ? mixed(rarity.of(word), general) : unknown);
    }
    Set<String> nowhereHeld = new HashSet<>(words);
    nowhereHeld.removeAll(known);
    nowhereHeld.removeAll(otherwise);
    return new TermRarity(weights, rarity.passages(), nowhereHeld);
  }

  /** Half of it does not depend on what else a collection holds. */
  private static double mixed(double here, double general) {
    return (here + general) / 2;
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
