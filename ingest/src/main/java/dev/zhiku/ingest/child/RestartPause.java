package dev.zhiku.ingest.child;

import java.time.Duration;

/**
 * How long to wait before a child that ended is started again: twice as long after each failure,
 * from a first pause up to a longest one. Used by one thread at a time.
 */
public final class RestartPause {
  private static final int MOST_DOUBLINGS = 30;

  private final Duration first;
  private final Duration longest;
  private int failures;

  public RestartPause(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
  }

  /** A start failed, or the child ended soon after. */
  public void failed() {
    failures++;
  }

  /** The child works: the next failure is the first again. */
  public void succeeded() {
    failures = 0;
  }

  /** Zero unless something failed. */
  public Duration length() {
    if (failures == 0) {
      return Duration.ZERO;
    }
    Duration grown = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return grown.compareTo(longest) < 0 ? grown : longest;
  }
}
