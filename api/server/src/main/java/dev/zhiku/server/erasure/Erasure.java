package dev.zhiku.server.erasure;

import dev.zhiku.index.DocumentId;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the words of deleted documents out of everything that was made of them. A thread does it
 * soon after a deletion, for all that were deleted meanwhile at once; what a kill interrupts is
 * done after the next start. Each document that is done has a record {@code erased} in the audit
 * log. Thread-safe.
 */
public final class Erasure implements AutoCloseable {
  /** What is done of the service itself, in the audit log. */
  public static final String ERASED = "erased";

  /** From a deletion to the work on it, so that one round takes many. */
  public static final Duration GATHERING = Duration.ofSeconds(10);

  /** Rounds take at most one part in so many of the time. */
  private static final int SHARE_OF_TIME = 20;

  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

  private final DueErasures due;
  private final List<ErasurePlace> places;
  private final AuditLog audit;
  private final Duration gathering;
  private final ReentrantLock working = new ReentrantLock();
  private final ReentrantLock waiting = new ReentrantLock();
  private final Condition changed = waiting.newCondition();
  private final List<Runnable> memories = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private boolean called;
  private boolean closed;

  private Erasure(Path file, List<ErasurePlace> places, AuditLog audit, Duration gathering) {
    this.due = new DueErasures(file);
    this.places = List.copyOf(places);
    this.audit = audit;
    this.gathering = gathering;
    thread = Thread.ofPlatform().name("zhiku-erasure").daemon().unstarted(this::work);
  }

  /**
   * Starts the thread, which begins with what was not done before the last end.
   *
   * @param file that remembers what is to be done
   * @param places in the order in which they are cleared: what is made of others comes after them
   * @param gathering from a deletion to the work on it
   */
  public static Erasure start(
      Path file, List<ErasurePlace> places, AuditLog audit, Duration gathering) {
    Erasure erasure = new Erasure(file, places, audit, gathering);
    erasure.thread.start();
    return erasure;
  }

  /** Has a document that was deleted erased soon; outlives a kill when this returns. */
  public void due(DocumentId document) {
    due.add(document);
    waiting.lock();
    try {
      called = true;
      changed.signalAll();
    } finally {
      waiting.unlock();
    }
  }

  /**
   * Erases a document that was deleted before this returns, with what would stay on purpose.
   *
   * @throws IOException if something of it cannot be taken out; it is tried again later
   */
  public void now(DocumentId document) throws IOException, InterruptedException {
    due(document);
    for (ErasurePlace place : places) {
      place.end(document);
    }
    round();
  }

  /** Whether it is still to be erased. */
  public boolean isDue(DocumentId document) {
    return due.contains(document);
  }

  /**
   * Calls a memory of the process whenever something is erased.
   *
   * @param forget what it remembers; quick
   */
  public void alsoForgets(Runnable forget) {
    memories.add(forget);
  }

  List<ErasurePlace> places() {
    return places;
  }

  private void round() throws IOException, InterruptedException {
    working.lockInterruptibly();
    try {
      Set<DocumentId> documents = due.all();
      if (documents.isEmpty()) {
        return;
      }
      for (ErasurePlace place : places) {
        place.clear(documents);
      }
      memories.forEach(Runnable::run);
      for (DocumentId document : documents) {
        audit.write(AuditEvent.ofService(ERASED, document.value(), "done"));
      }
      due.done(documents);
      LOG.info("The words of {} deleted documents were taken out of everything.", documents.size());
    } finally {
      working.unlock();
    }
  }

  private void work() {
    Duration pause = gathering;
    try {
      while (awaitDue(pause)) {
        long start = System.nanoTime();
        try {
          round();
          Duration took = Duration.ofNanos(System.nanoTime() - start).multipliedBy(SHARE_OF_TIME);
          pause = gathering.plus(took.compareTo(LONGEST_PAUSE) < 0 ? took : LONGEST_PAUSE);
        } catch (IOException | RuntimeException e) {
          LOG.warn("Deleted documents are erased later, for it failed now", e);
          pause = AFTER_FAILURE;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until something is due and the pause is over; false when this was closed. */
  private boolean awaitDue(Duration pause) throws InterruptedException {
    waiting.lockInterruptibly();
    try {
      while (!closed && !called && due.all().isEmpty()) {
        changed.await();
      }
      called = false;
      long left = pause.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } finally {
      waiting.unlock();
    }
  }

  /** Ends the thread; what is not done is done after the next start. */
  @Override
  public void close() {
    waiting.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      waiting.unlock();
    }
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
