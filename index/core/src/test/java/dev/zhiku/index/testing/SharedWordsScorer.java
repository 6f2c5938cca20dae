package dev.zhiku.index.testing;

import dev.zhiku.index.ranking.PairScorer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A scorer that counts the words of a passage that stand in the question too. */
public final class SharedWordsScorer implements PairScorer {
  private static final int MAX_WORDS = 500;

  @Override
  public String model() {
    return "shared-words";
  }

  @Override
  public double score(String question, String passage) {
    Set<String> asked = new HashSet<>(words(question));
    return words(passage).stream().limit(MAX_WORDS).filter(asked::contains).count();
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[^\\p{L}]+")).filter(word -> !word.isEmpty()).toList();
  }

  @Override
  public void close() {}
}
