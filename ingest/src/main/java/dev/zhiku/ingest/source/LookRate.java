package dev.zhiku.ingest.source;

import java.time.Duration;

/**
 * How often a source's folder is looked through as a whole. Where the system reports changes that
 * is as seldom as configured; elsewhere, and while the folder is away, as often as {@link
 * SourceTiming#polling} says. Whichever it is, a look that takes long is followed by a rest so many
 * times as long, so that a slow share is not kept busy. Written by one thread, read by any.
 */
public final class LookRate {
  private final Duration configured;
  private final SourceTiming timing;
  private volatile Looks looks;
  private volatile long nextNanos;

  LookRate(Duration configured, SourceTiming timing) {
    this.configured = configured;
    this.timing = timing;
    this.looks = new Looks(configured, Duration.ZERO, true);
  }

  /**
   * How the folder is looked through at present.
   *
   * @param every pause between two looks at the whole folder
   * @param lastTook how long the last one took; zero before the first
   * @param byEvents whether the system reports changes between them
   */
  public record Looks(Duration every, Duration lastTook, boolean byEvents) {}

  Looks looks() {
    return looks;
  }

  boolean isDue(long nowNanos) {
    return nowNanos - nextNanos >= 0;
  }

  /**
   * A look has ended.
   *
   * @param trusted whether the folder was believed and its events suffice
   */
  void looked(long tookNanos, boolean trusted, boolean byEvents) {
    Duration interval =
        trusted || timing.polling().compareTo(configured) > 0 ? configured : timing.polling();
    long rest = Math.min(timing.restFactor() * tookNanos, SourceFolder.LONGEST_REST.toNanos());
    Duration every = Duration.ofNanos(Math.max(interval.toNanos(), rest));
    looks = new Looks(every, Duration.ofNanos(tookNanos), byEvents);
    nextNanos = System.nanoTime() + every.toNanos();
  }
}
