package dev.zhiku.server.query;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.index.DocumentId;
import dev.zhiku.server.http.ClientConnection;
import dev.zhiku.server.http.EventStreams;
import dev.zhiku.server.http.EventStreams.Step;
import dev.zhiku.server.http.RequestId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * One question on its way: its events so far, for whoever reads them, from any place on.
 * Thread-safe.
 */
public final class AnswerRun {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<AnswerEvent> events = new ArrayList<>();
  private Optional<Throwable> failure = Optional.empty();
  private boolean ended;
  private boolean stopped;
  private Optional<Thread> thread = Optional.empty();

  AnswerRun() {}

  /** Starts the work on a virtual thread of its own. Called once. */
  void start(Work work) {
    Thread worker =
        Thread.ofVirtual().name("zhiku-answer").unstarted(RequestId.carried(() -> run(work)));
    lock.lock();
    try {
      thread = Optional.of(worker);
    } finally {
      lock.unlock();
    }
    worker.start();
  }

  /** What answers. */
  interface Work {
    void run() throws InterruptedException;
  }

  private void run(Work work) {
    try {
      if (isStopped()) {
        Thread.currentThread().interrupt();
      }
      work.run();
      end(Optional.empty());
    } catch (InterruptedException | RuntimeException | Error e) {
      end(Optional.of(e));
    }
  }

  private void end(Optional<Throwable> why) {
    lock.lock();
    try {
      failure = why;
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void add(AnswerEvent event) {
    lock.lock();
    try {
      events.add(event);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether passages of this document were found for it. */
  boolean isFrom(DocumentId document) {
    lock.lock();
    try {
      return events.stream()
          .anyMatch(
              event ->
                  event instanceof AnswerEvent.Retrieved found
                      && found.passages().stream()
                          .anyMatch(passage -> passage.document().id().equals(document)));
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts the work, also if it has yet to start; it ends soon after. */
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      thread.ifPresent(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the event at this place.
   *
   * @param place from 0
   * @param write turns it into its wire form; short, for nobody else reads meanwhile
   */
  public Step await(int place, Duration patience, Function<AnswerEvent, Step> write)
      throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (events.size() <= place) {
        if (ended) {
          return new Step.End();
        }
        if (left <= 0) {
          return new Step.Silence();
        }
        left = changed.awaitNanos(left);
      }
      return write.apply(events.get(place));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether the run fails before a word was said; waits a moment for what may fail at once.
   *
   * @param grace how long; whatever comes first ends the wait
   */
  public boolean failsAtOnce(Duration grace) throws InterruptedException {
    Step second =
        await(
            1,
            grace,
            event -> event instanceof AnswerEvent.Failed ? new Step.End() : new Step.Silence());
    return second instanceof Step.End;
  }

  /** Waits until there is an event, or the run has ended without one. */
  void awaitStart() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (events.isEmpty() && !ended) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the end.
   *
   * @return nothing if it has not come after this time
   * @throws Problem {@code shutting-down} if it came without an answer
   */
  Optional<Terminal> awaitTerminal(Duration patience) throws InterruptedException {
    if (!awaitEnd(patience)) {
      return Optional.empty();
    }
    return Optional.of(terminal().orElseThrow(() -> new Problem(ProblemCode.SHUTTING_DOWN)));
  }

  /**
   * Waits for the end on behalf of a client whose leaving ends the run.
   *
   * @throws Problem {@code shutting-down} if it came without an answer
   */
  public Terminal awaitTerminal(ClientConnection client) throws InterruptedException {
    ClientConnection.Watch watch = client.onClose(this::stop);
    try {
      Optional<Terminal> end = Optional.empty();
      while (end.isEmpty()) {
        end = awaitTerminal(EventStreams.HEARTBEAT);
      }
      return end.get();
    } catch (InterruptedException e) {
      stop();
      throw e;
    } finally {
      watch.end();
    }
  }

  private boolean awaitEnd(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Why the run ended without a word, if it did. */
  Optional<Throwable> failureBeforeStart() {
    lock.lock();
    try {
      return events.isEmpty() ? failure : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** The events so far. */
  List<AnswerEvent> events() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  /** How it ended, if it did and there was an end. */
  public Optional<Terminal> terminal() {
    List<AnswerEvent> all = events();
    return !all.isEmpty() && all.getLast() instanceof Terminal terminal
        ? Optional.of(terminal)
        : Optional.empty();
  }

  /** The name under which clients find it; empty before the first event. */
  public Optional<String> id() {
    List<AnswerEvent> all = events();
    return !all.isEmpty() && all.getFirst() instanceof AnswerEvent.Retrieved retrieved
        ? Optional.of(retrieved.id())
        : Optional.empty();
  }
}
