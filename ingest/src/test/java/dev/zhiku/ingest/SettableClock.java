package dev.zhiku.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, as somebody has set it. Thread-safe. */
final class SettableClock extends Clock {
  private volatile Duration ahead = Duration.ZERO;

  void set(Duration aheadOfTheSystem) {
    ahead = aheadOfTheSystem;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
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
