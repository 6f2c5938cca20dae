package dev.zhiku.ingest.work;

import dev.zhiku.ingest.catalog.Claim.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The workers of the ingest, each on a thread of its own, and which lanes they take files from: one
 * takes large files, all others none, and text recognition has one of its own. Thread-safe.
 */
public final class WorkerCrew {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final IngestWorker.Shared shared;
  private final int size;
  private final List<IngestWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean stopped;

  /**
   * @param size beside the one for text recognition
   */
  public WorkerCrew(IngestWorker.Shared shared, int size) {
    this.shared = shared;
    this.size = size;
  }

  /** Without effect once they work, or were stopped. */
  public synchronized void start(boolean paused) {
    if (stopped || !workers.isEmpty()) {
      return;
    }
    for (int i = 0; i < size; i++) {
      List<Lane> lanes = i == 0 ? everyLane() : List.of(Lane.SMALL, Lane.MEDIUM);
      start(new IngestWorker(shared, lanes, paused), "zhiku-ingest-" + i);
    }
    if (shared.pipeline().recognizes()) {
      start(new IngestWorker(shared, List.of(Lane.OCR), paused), "zhiku-ingest-recognition");
    }
  }

  private void start(IngestWorker worker, String name) {
    Thread thread =
        Thread.ofPlatform().name(name).daemon(true).priority(Thread.MIN_PRIORITY).unstarted(worker);
    workers.add(worker);
    threads.add(thread);
    thread.start();
  }

  /** Without recognition nobody else takes what was handed over to it before. */
  private List<Lane> everyLane() {
    return shared.pipeline().recognizes()
        ? List.of(Lane.LARGE, Lane.MEDIUM, Lane.SMALL)
        : List.of(Lane.LARGE, Lane.MEDIUM, Lane.SMALL, Lane.OCR);
  }

  public synchronized void pause(boolean on) {
    workers.forEach(worker -> worker.pause(on));
  }

  /** Keeps the leases of the claimed files for as long again. */
  public void renewLeases() {
    shared.ledger().renew(IngestWorker.OWNER, shared.clock().now(), IngestWorker.LEASE);
  }

  /** Ends the way of the files that are under way, and waits for the threads; it may start anew. */
  public synchronized void dismiss() {
    workers.forEach(IngestWorker::stop);
    for (Thread thread : threads) {
      try {
        thread.join(PATIENCE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    shared.ahead().giveBack();
    workers.clear();
    threads.clear();
  }

  /** Dismisses all for good. */
  public synchronized void stop() {
    stopped = true;
    dismiss();
  }
}
