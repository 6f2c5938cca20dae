package dev.zhiku.index.ranking;

import dev.zhiku.index.embedding.EmbedderId;
import java.util.Map;

/**
 * Weight of each list.
 *
 * @param words weight of the word list, 0 or more
 * @param vectors weight of the vector lists, 0 or more
 * @param shares part of {@code vectors} that an embedder's list gets, 0 to 1; 1 for one not named
 */
public record FusionWeights(double words, double vectors, Map<EmbedderId, Double> shares) {
  /** Words and vectors alike, every embedder in full. */
  public static final FusionWeights EVEN = new FusionWeights(0.5, 0.5, Map.of());

  public FusionWeights {
    shares = Map.copyOf(shares);
    if (!(words >= 0 && vectors >= 0 && words + vectors > 0) || words + vectors > 1e6) {
      throw new IllegalArgumentException(
          "weights are 0 or more and not both 0, got " + words + " and " + vectors);
    }
    if (shares.values().stream().anyMatch(share -> !(share >= 0 && share <= 1))) {
      throw new IllegalArgumentException("shares are 0..1, got " + shares);
    }
  }

  /** Weight of one embedder's list. */
  public double of(EmbedderId embedder) {
    return vectors * shares.getOrDefault(embedder, 1.0);
  }
}
