package dev.zhiku.index.ranking;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.Hit;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.embedding.EmbedderId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one list of several. A passage that a list does not hold gets nothing from it. Equal scores
 * are ordered by passage, so that the same lists always give the same result.
 */
public final class Fusion {
  /** Dampens the difference between the first ranks; the value of the original paper. */
  public static final int RANK_CONSTANT = 60;

  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::passage);

  private Fusion() {}

  private interface Scoring {
    /** Share that a list gives to the hit at a rank, from 0; 0 to 1. */
    double of(List<Hit> list, int rank);
  }

  /**
   * Sums what each list says, its scores brought to 0 (its last) to 1 (its best). A list whose
   * scores are all equal says 1 of each.
   */
  public static List<Hit> minMax(Candidates candidates, FusionWeights weights) {
    return fuse(candidates, weights, Fusion::relativeScore);
  }

  /** Sums reciprocal ranks, whatever the scores are. */
  public static List<Hit> reciprocalRank(Candidates candidates, FusionWeights weights) {
    return fuse(candidates, weights, (list, rank) -> 1.0 / (RANK_CONSTANT + rank + 1));
  }

  private static double relativeScore(List<Hit> list, int rank) {
    double best = list.getFirst().score();
    double last = list.getLast().score();
    return best > last ? (list.get(rank).score() - last) / (best - last) : 1;
  }

  private static List<Hit> fuse(Candidates candidates, FusionWeights weights, Scoring scoring) {
    Map<PassageId, Double> sums = new HashMap<>();
    add(sums, candidates.words(), weights.words(), scoring);
    for (Map.Entry<EmbedderId, List<Hit>> list : candidates.vectors().entrySet()) {
      add(sums, list.getValue(), weights.of(list.getKey()), scoring);
    }
    return sums.entrySet().stream()
        .map(sum -> new Hit(sum.getKey(), sum.getValue()))
        .sorted(BEST_FIRST)
        .toList();
  }

  private static void add(
      Map<PassageId, Double> sums, List<Hit> list, double weight, Scoring scoring) {
    for (int rank = 0; rank < list.size() && weight > 0; rank++) {
      sums.merge(list.get(rank).passage(), weight * scoring.of(list, rank), Double::sum);
    }
  }
}
