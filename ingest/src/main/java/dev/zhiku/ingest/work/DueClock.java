package dev.zhiku.ingest.work;

import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.outcome.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock by which files are due, set together with the due times in the catalogue when the
 * system's clock is set. Thread-safe.
 */
public final class DueClock {
  private static final Logger LOG = LoggerFactory.getLogger(DueClock.class);

  private final SteadyClock clock;
  private final DocumentLedger ledger;
  private final WorkSignal signal;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  public DueClock(SteadyClock clock, DocumentLedger ledger, WorkSignal signal) {
    this.clock = clock;
    this.ledger = ledger;
    this.signal = signal;
  }

  /** The same clock for those who only ask for the time. */
  public Clock clock() {
    return clock;
  }

  public Instant now() {
    return clock.instant();
  }

  /**
   * Held while a time of the clock is compared with what is due: between the two neither may be
   * moved.
   */
  Lock unmoved() {
    return lock.readLock();
  }

  /** Follows the system's clock if it was set; what is due stays as far away as it was. */
  public void follow() {
    clock.jump().ifPresent(this::follow);
  }

  private void follow(Duration by) {
    LOG.warn("The clock was set by {}; what is due stays as far away as it was.", by);
    lock.writeLock().lock();
    try {
      // In this order nothing is due in between after a fault, whichever way the clock was set.
      if (by.isNegative()) {
        clock.follow();
        ledger.clockSet(by);
      } else {
        ledger.clockSet(by);
        clock.follow();
      }
    } finally {
      lock.writeLock().unlock();
    }
    signal.call();
  }
}
