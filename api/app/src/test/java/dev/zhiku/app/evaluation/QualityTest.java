package dev.zhiku.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.zhiku.app.evaluation.Quality.Judged;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QualityTest {
  @Test
  void averages_are_taken_over_all_questions_found_or_not() {
    Quality quality =
        Quality.of(
            List.of(
                new Judged(List.of("a", "b"), Set.of("a")),
                new Judged(List.of("b", "a"), Set.of("a")),
                new Judged(List.of("b", "c"), Set.of("a"))));

    assertThat(quality.questions()).isEqualTo(3);
    assertThat(quality.mrr()).isCloseTo(0.5, within(1e-9));
    assertThat(quality.recall1()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(quality.recall10()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(quality.ndcg()).isCloseTo((1 + 1 / 1.584962500721156) / 3, within(1e-9));
  }

  @Test
  void what_comes_after_the_tenth_place_does_not_count() {
    List<String> ranking = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a");

    Quality quality = Quality.of(List.of(new Judged(ranking, Set.of("a"))));

    assertThat(quality.mrr() + quality.recall10() + quality.ndcg()).isZero();
  }
}
