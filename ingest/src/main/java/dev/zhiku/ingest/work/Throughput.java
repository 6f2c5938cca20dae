package dev.zhiku.ingest.work;

import dev.zhiku.ingest.catalog.DocumentLedger;
import java.util.concurrent.atomic.AtomicLong;

/** The work done by all workers, counted, and the speed that follows, written to the catalogue. */
public final class Throughput {
  private static final double STANDSTILL = 0.01;

  private final DocumentLedger ledger;
  private final ThroughputEstimate estimate = new ThroughputEstimate();
  private final AtomicLong passages = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private long lastNanos = System.nanoTime();
  private boolean writtenIdle;

  public Throughput(DocumentLedger ledger) {
    this.ledger = ledger;
  }

  /** A file is done. Any thread. */
  public void done(int itsPassages, long itsBytes) {
    passages.addAndGet(itsPassages);
    bytes.addAndGet(itsBytes);
  }

  /** Measures since the last call and writes it down; one thread. */
  public void write() {
    long now = System.nanoTime();
    double seconds = Math.max(1e-3, (now - lastNanos) / 1e9);
    lastNanos = now;
    long pending = ledger.pendingBytes();
    boolean working = pending > 0 && !ledger.queue().paused();
    estimate.passed(seconds, working, passages.getAndSet(0), bytes.getAndSet(0));
    boolean idle = pending == 0 && estimate.passagesPerSecond() < STANDSTILL;
    if (!idle || !writtenIdle) {
      ledger.pace(idle ? 0 : estimate.passagesPerSecond(), estimate.left(pending));
      writtenIdle = idle;
    }
  }
}
