package dev.zhiku.index.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.ranking.PairScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Contract of every {@link PairScorer}, whatever its model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PairScorerContract {
  private static final String QUESTION = "how often does the pump need oil";
  private static final String RIGHT = "the pump does need oil every month";

  private PairScorer scorer;

  /** A new scorer; the contract closes it. */
  protected abstract PairScorer open() throws Exception;

  @BeforeAll
  void openShared() throws Exception {
    scorer = open();
  }

  @AfterAll
  void closeShared() {
    scorer.close();
  }

  @Test
  void the_passage_that_answers_scores_higher_than_another_subject() {
    assertThat(scorer.score(QUESTION, RIGHT))
        .isGreaterThan(scorer.score(QUESTION, "rent is paid on day one"));
  }

  @Test
  void the_same_pair_has_the_same_score() {
    assertThat(scorer.score(QUESTION, RIGHT)).isEqualTo(scorer.score(QUESTION, RIGHT));
  }

  @Test
  void odd_and_long_texts_have_a_score_too() {
    for (String odd :
        List.of("", " ", "\uD83D half", "[CLS] [SEP]", "泵要加油", "oil ".repeat(50_000))) {
      assertThat(scorer.score(QUESTION, odd)).isFinite();
      assertThat(scorer.score(odd, RIGHT)).isFinite();
    }
  }

  @Test
  void a_long_passage_is_cut_at_its_end() {
    String filler = "word ".repeat(20_000);
    assertThat(scorer.score(QUESTION, filler + RIGHT)).isEqualTo(scorer.score(QUESTION, filler));
  }

  @Test
  void many_threads_get_the_score_that_one_gets() throws Exception {
    double expected = scorer.score(QUESTION, RIGHT);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Double>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(threads.submit(() -> scorer.score(QUESTION, RIGHT)));
      }
      for (Future<Double> call : calls) {
        assertThat(call.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void it_has_a_name_and_closing_twice_is_closing_once() throws Exception {
    PairScorer other = open();
    assertThat(other.model()).isNotBlank();
    other.close();
    other.close();
  }
}
