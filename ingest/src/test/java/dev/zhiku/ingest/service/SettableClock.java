package dev.zhiku.ingest.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

/** The system's clock, as somebody has set it; counts how often it is looked at. Thread-safe. */
final class SettableClock extends Clock {
  private final AtomicInteger looks = new AtomicInteger();
  private volatile Duration ahead = Duration.ZERO;

  void set(Duration aheadOfTheSystem) {
    ahead = aheadOfTheSystem;
    looks.set(0);
  }

  /** Looks at it since it was set. */
  int looks() {
    return looks.get();
  }

  /** What it shows; not counted. */
  Instant shown() {
    return Instant.now().plus(ahead);
  }

  @Override
  public Instant instant() {
    looks.incrementAndGet();
    return shown();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("only instants are asked for");
  }
}
