package dev.zhiku.index.ranking;

import static dev.zhiku.index.testing.TestDocuments.ONE;
import static dev.zhiku.index.testing.TestDocuments.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhiku.index.Candidates;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Hit;
import dev.zhiku.index.Passage.PassageId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FusionTest {
  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_121L);
  private static final DocumentId DOCUMENT = DocumentId.random();

  private static Hit hit(int ordinal, double score) {
    return new Hit(new PassageId(DOCUMENT, ordinal), score);
  }

  private static Candidates words(Hit... hits) {
    return new Candidates(List.of(hits), Map.of());
  }

  @Test
  void min_max_adds_up_what_each_list_says() {
    Candidates lists =
        new Candidates(
            List.of(hit(1, 30), hit(2, 20), hit(3, 10)),
            Map.of(ONE, List.of(hit(3, 0.9), hit(2, 0.8), hit(4, 0.5))));

    List<Hit> fused = Fusion.minMax(lists, FusionWeights.EVEN);

    assertThat(fused).extracting(h -> h.passage().ordinal()).containsExactly(2, 1, 3, 4);
    assertThat(fused.getFirst().score()).isEqualTo(0.5 * 0.5 + 0.5 * 0.75, within(1e-9));
    assertThat(fused.getLast().score()).isZero();
  }

  @Test
  void a_list_of_equal_scores_says_one_of_each() {
    assertThat(Fusion.minMax(words(hit(1, 7), hit(2, 7)), FusionWeights.EVEN))
        .containsExactly(hit(1, 0.5), hit(2, 0.5));
    assertThat(Fusion.minMax(words(hit(1, 0)), FusionWeights.EVEN)).containsExactly(hit(1, 0.5));
    assertThat(Fusion.minMax(words(), FusionWeights.EVEN)).isEmpty();
  }

  @Test
  void reciprocal_ranks_do_not_look_at_scores() {
    assertThat(Fusion.reciprocalRank(words(hit(1, 1e9), hit(2, -5)), FusionWeights.EVEN))
        .containsExactly(hit(1, 0.5 / 61), hit(2, 0.5 / 62));
  }

  @Test
  void an_embedder_counts_by_its_share() {
    Candidates lists =
        new Candidates(List.of(), Map.of(ONE, List.of(hit(1, 0.4)), OTHER, List.of(hit(2, 0.9))));
    FusionWeights weights = new FusionWeights(0.5, 0.5, Map.of(OTHER, 0.2));

    assertThat(Fusion.minMax(lists, weights)).containsExactly(hit(1, 0.5), hit(2, 0.1));
  }

  @Test
  void a_list_of_weight_zero_says_nothing() {
    Candidates lists = new Candidates(List.of(hit(1, 2)), Map.of(ONE, List.of(hit(2, 0.9))));

    assertThat(Fusion.minMax(lists, new FusionWeights(1, 0, Map.of()))).containsExactly(hit(1, 1));
  }

  @Test
  void senseless_weights_are_refused() {
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new FusionWeights(bad, 1, Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new FusionWeights(1, 1, Map.of(ONE, bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new FusionWeights(0, 0, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void any_lists_fuse_into_one_ordered_list_of_all_their_passages() {
    Random random = new Random(SEED);
    for (int run = 0; run < 500; run++) {
      Candidates lists =
          new Candidates(list(random), Map.of(ONE, list(random), OTHER, list(random)));
      FusionWeights weights =
          new FusionWeights(0.1 + random.nextDouble(), 0.1 + random.nextDouble(), Map.of(ONE, 0.5));
      for (List<Hit> fused :
          List.of(Fusion.minMax(lists, weights), Fusion.reciprocalRank(lists, weights))) {
        assertThat(fused)
            .as("seed %d", SEED)
            .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
        assertThat(fused)
            .extracting(Hit::passage)
            .as("seed %d", SEED)
            .doesNotHaveDuplicates()
            .hasSameElementsAs(passages(lists));
        assertThat(fused)
            .allMatch(
                h -> h.score() >= 0 && h.score() <= weights.words() + 2 * weights.vectors() + 1e-9);
      }
    }
  }

  @Test
  void scaling_a_lists_scores_changes_nothing() {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      List<Hit> words = list(random);
      List<Hit> vectors = list(random);
      List<Hit> scaled = words.stream().map(h -> new Hit(h.passage(), h.score() * 8 + 3)).toList();
      List<Hit> before =
          Fusion.minMax(new Candidates(words, Map.of(ONE, vectors)), FusionWeights.EVEN);
      List<Hit> after =
          Fusion.minMax(new Candidates(scaled, Map.of(ONE, vectors)), FusionWeights.EVEN);
      assertThat(after).hasSameSizeAs(before);
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i).score()).isEqualTo(before.get(i).score(), within(1e-9));
      }
    }
  }

  private static Set<PassageId> passages(Candidates lists) {
    Set<PassageId> all = new HashSet<>();
    lists.words().forEach(h -> all.add(h.passage()));
    lists.vectors().values().forEach(list -> list.forEach(h -> all.add(h.passage())));
    return all;
  }

  private static List<Hit> list(Random random) {
    List<Integer> ordinals = new ArrayList<>(IntStream.range(0, 20).boxed().toList());
    Collections.shuffle(ordinals, random);
    return ordinals.subList(0, random.nextInt(12)).stream()
        .map(ordinal -> hit(ordinal, random.nextInt(6)))
        .sorted((a, b) -> Double.compare(b.score(), a.score()))
        .toList();
  }
}
