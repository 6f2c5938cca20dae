package dev.zhiku.answering.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.lexicon.Lexicon;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.ranking.PairScorer;
import dev.zhiku.index.testing.SharedWordsScorer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RerankerTest {
  private static final String QUESTION = "pump";
  private static final Duration BUDGET = Duration.ofMillis(300);

  private final Library library = new Library();
  private final Semaphore cores = new Semaphore(1);
  private final AtomicLong nanos = new AtomicLong();

  /** Looks for the shortest passage, which is not what the words say. */
  private static class Shortest implements PairScorer {
    @Override
    public String model() {
      return "shortest";
    }

    @Override
    public double score(String question, String passage) {
      return -passage.length();
    }

    @Override
    public void close() {}
  }

  private Reranker reranker(PairScorer scorer) {
    return new Reranker(Optional.of(scorer), BUDGET, nanos::get);
  }

  private List<ScoredPassage> retrieve(Reranker reranker, int limit) throws InterruptedException {
    return new Retriever(
            library.index,
            library.embedders,
            SearchConfig.DEFAULT,
            cores,
            Lexicon::ofLanguage,
            reranker)
        .retrieve(QUESTION, Scope.LOCAL, new Filter.All(), limit)
        .passages();
  }

  private DocumentMeta fill() {
    for (int i = 0; i < 8; i++) {
      library.add(i + ".txt", "The pump number " + i + " of this pump room is a pump of " + i);
    }
    return library.add("short.txt", "A pump and rooms.");
  }

  @Test
  void the_best_passage_of_ten_comes_first_also_where_fewer_are_wanted() throws Exception {
    DocumentMeta shortest = fill();
    List<ScoredPassage> before = retrieve(Reranker.OFF, 3);
    assertThat(before).extracting(ScoredPassage::document).doesNotContain(shortest);
    Reranker reranker = reranker(new Shortest());

    List<ScoredPassage> after = retrieve(reranker, 3);

    assertThat(after).hasSize(3);
    assertThat(after.getFirst().document()).isEqualTo(shortest);
    assertThat(after)
        .extracting(ScoredPassage::score)
        .isEqualTo(before.stream().map(ScoredPassage::score).toList());
    assertThat(reranker.state().orElseThrow())
        .isEqualTo(new Reranker.State("shortest", BUDGET, 1, 0, 0, 0));
    assertThat(Reranker.OFF.state()).isEmpty();
  }

  @Test
  void equal_scores_leave_the_order() throws Exception {
    fill();
    Reranker even = reranker(new SharedWordsScorer());
    assertThat(retrieve(even, 1)).isEqualTo(retrieve(Reranker.OFF, 1));
  }

  @Test
  void what_takes_too_long_leaves_the_ranking_as_it_was() throws Exception {
    fill();
    Reranker slow =
        reranker(
            new Shortest() {
              @Override
              public double score(String question, String passage) {
                nanos.addAndGet(BUDGET.toNanos() / 3);
                return super.score(question, passage);
              }
            });

    assertThat(retrieve(slow, 5)).isEqualTo(retrieve(Reranker.OFF, 5));
    assertThat(slow.state().orElseThrow().tooSlow()).isEqualTo(1);
  }

  @Test
  void a_question_that_waits_for_a_core_goes_first() throws Exception {
    fill();
    Reranker reranker = reranker(new Shortest());
    List<ScoredPassage> found = retrieve(Reranker.OFF, 5);
    cores.acquire();
    Thread waiting = Thread.ofVirtual().start(cores::acquireUninterruptibly);
    while (!cores.hasQueuedThreads()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }

    assertThat(reranker.rank(QUESTION, found, cores)).isEqualTo(found);
    assertThat(reranker.state().orElseThrow().busy()).isEqualTo(1);
    cores.release();
    waiting.join();
  }

  @Test
  void a_model_that_fails_leaves_the_ranking_as_it_was() throws Exception {
    fill();
    Reranker failing =
        reranker(
            new Shortest() {
              @Override
              public double score(String question, String passage) {
                throw new IllegalStateException("no more memory");
              }
            });

    assertThat(retrieve(failing, 5)).isEqualTo(retrieve(Reranker.OFF, 5));
    assertThat(failing.state().orElseThrow().failed()).isEqualTo(1);
  }
}
