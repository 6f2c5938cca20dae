package dev.zhiku.index;

import java.util.Map;

/**
 * Rarity of words among the passages that a filter lets through.
 *
 * @param passages number of passages that the filter lets through
 * @param holding for each word asked about the number of those passages that hold it, 0 if none
 *     does; of the numbers for text, headings and path the largest
 */
public record WordRarity(long passages, Map<String, Long> holding) {
  public WordRarity {
    holding = Map.copyOf(holding);
  }

  /** Whether any passage holds the word. */
  public boolean isHeld(String word) {
    return count(word) > 0;
  }

  /** Inverse document frequency as BM25 defines it: the rarer the word, the higher. */
  public double of(String word) {
    long holding = count(word);
    return Math.log1p((passages - holding + 0.5) / (holding + 0.5));
  }

  private long count(String word) {
    Long count = holding.get(word);
    if (count == null) {
      throw new IllegalArgumentException("the index was not asked about the word " + word);
    }
    return count;
  }
}
