package dev.zhiku.app.wiring;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.Answerer;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.catalog.DocumentCatalog.QueueState;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * An answerer that lets questions wait while a service that knew no file when it was opened reads
 * its first few: whoever asks right after the first start would be told that nothing was found. A
 * question waits as long as it is told at the most, and none waits once all is read, the folder
 * turns out to hold more than a few files, the ingest is paused, or the time for it is over.
 * Thread-safe.
 */
final class AfterFirstReading implements Answerer {
  /** More files than these take too long to wait for. */
  static final int FEW = 200;

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration TIME_FOR_IT = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final Answerer answerer;
  private final DocumentCatalog catalog;
  private final long longestNanos;
  private final long endNanos;
  private volatile boolean over;

  private AfterFirstReading(
      Answerer answerer, DocumentCatalog catalog, Duration longest, Duration timeForIt) {
    this.answerer = answerer;
    this.catalog = catalog;
    longestNanos = longest.toNanos();
    endNanos = System.nanoTime() + timeForIt.toNanos();
  }

  /** Waits 20 s for a question at the most, and two minutes from now in all. */
  static Answerer of(Answerer answerer, DocumentCatalog catalog) {
    return of(answerer, catalog, LONGEST, TIME_FOR_IT);
  }

  /**
   * The same with other times.
   *
   * @param longest that a question waits
   * @param timeForIt from now, after which none waits any more
   */
  static Answerer of(
      Answerer answerer, DocumentCatalog catalog, Duration longest, Duration timeForIt) {
    return new AfterFirstReading(answerer, catalog, longest, timeForIt);
  }

  /** Whether any file is known, as after any start but the first; to be asked before the ingest. */
  static boolean knowsFiles(DocumentCatalog catalog) {
    try {
      return catalog.counts(new Filter.All()).total() > 0;
    } catch (CatalogUnavailableException e) {
      return true;
    }
  }

  @Override
  public void requirePlace(Scope scope) {
    answerer.requirePlace(scope);
  }

  @Override
  public void answer(Question question, Scope scope, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    if (question.mode() != Question.Mode.CHAT) {
      await();
    }
    answerer.answer(question, scope, sink);
  }

  private void await() throws InterruptedException {
    long end = Math.min(endNanos, System.nanoTime() + longestNanos);
    while (!over) {
      over = isOver() || System.nanoTime() - endNanos >= 0;
      if (over || System.nanoTime() - end >= 0) {
        return;
      }
      Thread.sleep(BETWEEN);
    }
  }

  private boolean isOver() {
    try {
      QueueState queue = catalog.queue();
      boolean lookedThrough =
          catalog.sources().stream()
              .filter(SourceState::online)
              .allMatch(source -> source.lastScanAt().isPresent());
      return queue.paused() || queue.depth() > FEW || (lookedThrough && queue.depth() == 0);
    } catch (CatalogUnavailableException e) {
      return true;
    }
  }
}
