package dev.zhiku.ingest.outcome;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The system's clock as it was last followed, carried on by one that never jumps: what is due does
 * not come due because somebody has set the time. Thread-safe.
 */
public final class SteadyClock extends Clock {
  /** Smaller corrections are not followed. */
  public static final Duration NOTICED = Duration.ofSeconds(5);

  private record Anchor(Instant time, long nanos) {}

  private final Clock system;
  private final LongSupplier nanos;
  private volatile Anchor anchor;

  public SteadyClock(Clock system, LongSupplier nanos) {
    this.system = system;
    this.nanos = nanos;
    this.anchor = new Anchor(system.instant(), nanos.getAsLong());
  }

  @Override
  public Instant instant() {
    Anchor from = anchor;
    return from.time().plusNanos(nanos.getAsLong() - from.nanos());
  }

  /**
   * How far the system's clock was set since it was last followed.
   *
   * @return negative if it was set back; empty if it was not set
   */
  public Optional<Duration> jump() {
    Duration jump = Duration.between(instant(), system.instant());
    return Optional.of(jump).filter(far -> far.abs().compareTo(NOTICED) > 0);
  }

  /** Goes by the system's clock from now on. */
  public void follow() {
    anchor = new Anchor(system.instant(), nanos.getAsLong());
  }

  @Override
  public ZoneId getZone() {
    return system.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("only instants are asked for");
  }
}
