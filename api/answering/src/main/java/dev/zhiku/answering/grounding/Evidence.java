package dev.zhiku.answering.grounding;

import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.words.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether what was found can support an answer at all: how much of the question stands in one of
 * the best passages, and how near the nearest one is in meaning. Thresholds are chosen by
 * measurement, see {@code api/docs/answering.md}; they keep questions out that the collection knows
 * nothing of, and cannot tell a passage that answers from one that merely looks as if it did. Pure.
 */
public final class Evidence {
  /** Share of the question's words and similarity that are enough together. */
  private static final double ENOUGH = 1.05;

  /** Share of the question's words that is enough by itself, whatever the model of meaning says. */
  private static final double ENOUGH_WORDS = 0.75;

  /** How many of the best passages may carry the answer. */
  private static final int LOOKED_AT = 3;

  private Evidence() {}

  /** Whether an answer is worth a try. */
  public static boolean supports(Retrieval retrieval) {
    List<ScoredPassage> passages = retrieval.passages();
    double words =
        passages.stream()
            .limit(LOOKED_AT)
            .mapToDouble(found -> share(found, retrieval.weights()))
            .max()
            .orElse(0);
    double similarity = passages.stream().mapToDouble(ScoredPassage::similarity).max().orElse(0);
    return words >= ENOUGH_WORDS || (words > 0 && words + similarity >= ENOUGH);
  }

  /** Share of the words' weight that the passage or its title holds, 0 to 1. */
  private static double share(ScoredPassage found, Map<String, Double> weights) {
    Set<String> held = new HashSet<>(Words.of(found.passage().text()).terms());
    held.addAll(
        Words.of(CitationLocation.title(found.document(), found.passage().location())).terms());
    held.addAll(Words.of(found.document().name()).terms());
    double all = 0;
    double there = 0;
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      all += weight.getValue();
      there += held.contains(weight.getKey()) ? weight.getValue() : 0;
    }
    return all > 0 ? there / all : 0;
  }
}
