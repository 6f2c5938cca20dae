package dev.zhiku.answering.question;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How rare words are in their language at large, whatever a collection holds: everyday words say
 * less of what is asked for than others that are nowhere either. Pure.
 */
public final class GeneralRarity {
  private static final String CHINESE = "rarity_zh.txt";
  private static final String ENGLISH = "rarity_en.txt";

  /** Level of a word that is as common as they come, and of one as rare. */
  private static final double COMMON = 7;

  private static final double RARE = 14.5;

  /** Weight that the most common word still has. */
  private static final double LEAST = 0.3;

  private static final Map<String, Double> SHARES = shares();

  private GeneralRarity() {}

  /** What a word says by its rarity alone: up to 1, which is that of a word nobody knows. */
  public static double of(String term) {
    return SHARES.getOrDefault(term, 1.0);
  }

  private static Map<String, Double> shares() {
    Map<String, Double> shares = new HashMap<>();
    for (String line : Phrases.lines(CHINESE)) {
      int blank = line.indexOf(' ');
      double share = share(line.substring(0, blank));
      for (int at = blank + 1; at + 2 <= line.length(); at += 2) {
        shares.put(line.substring(at, at + 2), share);
      }
    }
    for (String line : Phrases.lines(ENGLISH)) {
      List<String> words = List.of(line.split(" "));
      double share = share(words.getFirst());
      words.subList(1, words.size()).forEach(word -> shares.put(word, share));
    }
    return Map.copyOf(shares);
  }

  private static double share(String level) {
    double share = (Integer.parseInt(level) - COMMON) / (RARE - COMMON);
    return Math.clamp(share, LEAST, 1);
  }
}
