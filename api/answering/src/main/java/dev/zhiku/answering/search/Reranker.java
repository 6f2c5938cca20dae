package dev.zhiku.answering.search;

import dev.zhiku.index.ranking.PairScorer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second look at the best passages by a model that reads each together with the question. Leaves
 * them as they are where it is off, where other questions wait for a core, and where it takes too
 * long: all are ranked anew or none. Thread-safe.
 */
public final class Reranker {
  private static final Logger LOG = LoggerFactory.getLogger(Reranker.class);

  /** Passages that are looked at again. */
  public static final int BEST = 10;

  /** What leaves every ranking as it is. */
  public static final Reranker OFF =
      new Reranker(Optional.empty(), Duration.ZERO, System::nanoTime);

  private final Optional<PairScorer> scorer;
  private final Duration budget;
  private final LongSupplier nanoTime;
  private final LongAdder reranked = new LongAdder();
  private final LongAdder tooSlow = new LongAdder();
  private final LongAdder busy = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * @param budget longest time for one question
   */
  public Reranker(PairScorer scorer, Duration budget) {
    this(Optional.of(scorer), budget, System::nanoTime);
  }

  /**
   * @param nanoTime by which the budget is measured
   */
  Reranker(Optional<PairScorer> scorer, Duration budget, LongSupplier nanoTime) {
    this.scorer = scorer;
    this.budget = budget;
    this.nanoTime = nanoTime;
  }

  /**
   * What became of the questions so far.
   *
   * @param reranked questions whose passages were ranked anew
   * @param tooSlow questions for which the time did not suffice
   * @param busy questions that others waited for
   * @param failed questions at which the model failed
   */
  public record State(
      String model, Duration budget, long reranked, long tooSlow, long busy, long failed) {}

  /** Empty where it is off. */
  public Optional<State> state() {
    return scorer.map(
        used ->
            new State(
                used.model(), budget, reranked.sum(), tooSlow.sum(), busy.sum(), failed.sum()));
  }

  /** How many passages it wants to see for so many that are wanted. */
  int wanted(int limit) {
    return scorer.isPresent() ? Math.max(limit, BEST) : limit;
  }

  /**
   * The same passages, the best ones perhaps in another order; the scores stay with the places.
   *
   * @param found best first
   * @param cores of which the caller holds one; who waits for one goes first
   */
  List<ScoredPassage> rank(String question, List<ScoredPassage> found, Semaphore cores) {
    if (scorer.isEmpty() || found.size() < 2) {
      return found;
    }
    List<ScoredPassage> best = found.subList(0, Math.min(BEST, found.size()));
    Optional<List<Double>> scores = scores(scorer.get(), question, best, cores);
    if (scores.isEmpty()) {
      return found;
    }
    reranked.increment();
    List<ScoredPassage> ranked = new ArrayList<>(reordered(best, scores.get()));
    ranked.addAll(found.subList(best.size(), found.size()));
    return List.copyOf(ranked);
  }

  private Optional<List<Double>> scores(
      PairScorer used, String question, List<ScoredPassage> best, Semaphore cores) {
    long begun = nanoTime.getAsLong();
    List<Double> scores = new ArrayList<>();
    try {
      for (ScoredPassage found : best) {
        if (cores.hasQueuedThreads()) {
          busy.increment();
          return Optional.empty();
        }
        scores.add(used.score(question, found.passage().text()));
        if (nanoTime.getAsLong() - begun > budget.toNanos()) {
          tooSlow.increment();
          return Optional.empty();
        }
      }
      return Optional.of(scores);
    } catch (RuntimeException e) {
      failed.increment();
      LOG.warn("The passages stay as they were ranked: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static List<ScoredPassage> reordered(List<ScoredPassage> best, List<Double> scores) {
    List<Integer> order =
        IntStream.range(0, best.size())
            .boxed()
            .sorted(Comparator.comparing(scores::get, Comparator.reverseOrder()))
            .toList();
    return IntStream.range(0, best.size())
        .mapToObj(place -> best.get(order.get(place)).withScore(best.get(place).score()))
        .toList();
  }
}
