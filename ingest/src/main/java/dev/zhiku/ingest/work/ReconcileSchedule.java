package dev.zhiku.ingest.work;

import dev.zhiku.index.KnowledgeIndex;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The schedule of comparisons of catalogue and index: at start, when somebody has a reason, and
 * from time to time. The last is skipped while neither has changed since they were found alike.
 * {@link #now} may be called by any thread, everything else by one.
 */
public final class ReconcileSchedule {
  private static final long NEVER = -1;

  private final Duration every;
  private final LongSupplier catalogueEpoch;
  private final KnowledgeIndex index;
  private final LongSupplier nanos;
  private volatile boolean wanted = true;
  private boolean unfinished;
  private long lastNanos;
  private long alikeAt = NEVER;
  private long comparedEpoch = NEVER;

  /**
   * @param catalogueEpoch of the last recorded commit
   * @param nanos a clock that never jumps
   */
  public ReconcileSchedule(
      Duration every, LongSupplier catalogueEpoch, KnowledgeIndex index, LongSupplier nanos) {
    this.every = every;
    this.catalogueEpoch = catalogueEpoch;
    this.index = index;
    this.nanos = nanos;
    this.lastNanos = nanos.getAsLong();
  }

  /** A reason to compare as soon as possible. */
  public void now() {
    wanted = true;
  }

  public boolean isDue() throws InterruptedException {
    if (wanted || unfinished) {
      return true;
    }
    if (nanos.getAsLong() - lastNanos < every.toNanos()) {
      return false;
    }
    lastNanos = nanos.getAsLong();
    wanted = !isAsCompared();
    return wanted;
  }

  /** Two small reads: both stores are at the commit at which they were compared. */
  private boolean isAsCompared() throws InterruptedException {
    return alikeAt != NEVER && catalogueEpoch.getAsLong() == alikeAt && indexEpoch() == alikeAt;
  }

  private long indexEpoch() throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      return snapshot.epoch();
    }
  }

  /** A comparison begins; if it does not end it is due again. */
  public void begins() throws InterruptedException {
    wanted = false;
    unfinished = true;
    alikeAt = NEVER;
    long epoch = catalogueEpoch.getAsLong();
    comparedEpoch = epoch == indexEpoch() ? epoch : NEVER;
  }

  /** The comparison ended: what was committed before it is alike. */
  public void ended() {
    unfinished = false;
    alikeAt = comparedEpoch;
    lastNanos = nanos.getAsLong();
  }
}
