package dev.zhiku.ingest;

import dev.zhiku.ingest.catalog.DocumentLedger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** How fast the ingest is, smoothed over about ten seconds, and how long what is left will take. */
final class Pace {
  private static final double SMOOTHING_SECONDS = 10;
  private static final double STANDSTILL = 0.01;

  private final DocumentLedger ledger;
  private final AtomicLong passages = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private double passagesPerSecond;
  private double bytesPerSecond;
  private long lastNanos = System.nanoTime();
  private boolean writtenIdle;

  Pace(DocumentLedger ledger) {
    this.ledger = ledger;
  }

  /** A file is done. Any thread. */
  void done(int itsPassages, long itsBytes) {
    passages.addAndGet(itsPassages);
    bytes.addAndGet(itsBytes);
  }

  /** Measures since the last call and writes it down; one thread. */
  void write() {
    long now = System.nanoTime();
    double seconds = Math.max(1e-3, (now - lastNanos) / 1e9);
    lastNanos = now;
    double weight = 1 - Math.exp(-seconds / SMOOTHING_SECONDS);
    passagesPerSecond += weight * (passages.getAndSet(0) / seconds - passagesPerSecond);
    bytesPerSecond += weight * (bytes.getAndSet(0) / seconds - bytesPerSecond);
    long pending = ledger.pendingBytes();
    boolean idle = pending == 0 && passagesPerSecond < STANDSTILL;
    if (!idle || !writtenIdle) {
      ledger.pace(idle ? 0 : passagesPerSecond, eta(pending));
      writtenIdle = idle;
    }
  }

  private Optional<Duration> eta(long pending) {
    if (pending == 0) {
      return Optional.of(Duration.ZERO);
    }
    return bytesPerSecond < STANDSTILL
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Math.round(pending / bytesPerSecond)));
  }
}
