package dev.zhiku.ingest;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.DocumentLedger;
import java.time.Duration;

/**
 * When catalogue and index are compared: at start, when somebody has a reason, and from time to
 * time. The last is skipped while neither has changed since they were found alike. {@link #now} may
 * be called by any thread, everything else by one.
 */
final class ReconcileSchedule {
  private static final long NEVER = -1;

  private final Duration every;
  private final DocumentLedger ledger;
  private final KnowledgeIndex index;
  private volatile boolean wanted = true;
  private boolean unfinished;
  private long lastNanos = System.nanoTime();
  private long alikeAt = NEVER;
  private long ledgerEpoch = NEVER;

  ReconcileSchedule(Duration every, DocumentLedger ledger, KnowledgeIndex index) {
    this.every = every;
    this.ledger = ledger;
    this.index = index;
  }

  /** A reason to compare as soon as possible. */
  void now() {
    wanted = true;
  }

  boolean isDue() throws InterruptedException {
    if (wanted || unfinished) {
      return true;
    }
    if (System.nanoTime() - lastNanos < every.toNanos()) {
      return false;
    }
    lastNanos = System.nanoTime();
    wanted = !isAsCompared();
    return wanted;
  }

  /** Two small reads: both stores are at the commit at which they were compared. */
  private boolean isAsCompared() throws InterruptedException {
    return alikeAt != NEVER && ledger.epoch() == alikeAt && indexEpoch() == alikeAt;
  }

  private long indexEpoch() throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      return snapshot.epoch();
    }
  }

  /** A comparison begins; if it does not end it is due again. */
  void begins() throws InterruptedException {
    wanted = false;
    unfinished = true;
    alikeAt = NEVER;
    ledgerEpoch = ledger.epoch() == indexEpoch() ? ledger.epoch() : NEVER;
  }

  /** The comparison ended: what was committed before it is alike. */
  void ended() {
    unfinished = false;
    alikeAt = ledgerEpoch;
    lastNanos = System.nanoTime();
  }
}
