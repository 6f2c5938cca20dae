package dev.zhiku.generators.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * A time by the clock, for limits that a document promises, such as "within five seconds". The
 * profile {@code figures}, for a quiet machine, holds the tests with the tag {@code promise} to
 * them; elsewhere many programs may compute at once, and the limit is thirty times as long.
 */
public final class PromisedTime {
  private static final boolean HELD_TO = Boolean.getBoolean("zhiku.test.promises");
  private static final int TIMES_ELSEWHERE = 30;
  private static final long LOOK_MILLIS = 20;
  private final long begun = System.nanoTime();

  private PromisedTime() {}

  /** Begins to count. */
  public static PromisedTime start() {
    return new PromisedTime();
  }

  /**
   * Waits for a condition.
   *
   * @param what it is, for the failure
   * @param promised in this time
   * @return how long it took
   * @throws AssertionError if it does not hold in time
   */
  public static Duration await(String what, Duration promised, BooleanSupplier condition) {
    PromisedTime time = start();
    while (!condition.getAsBoolean()) {
      time.require(what, promised);
      pause(LOOK_MILLIS);
    }
    time.require(what, promised);
    return time.passed();
  }

  /** The same for a latch. */
  public static Duration await(String what, Duration promised, CountDownLatch latch) {
    return await(what, promised, () -> latch.getCount() == 0);
  }

  /**
   * Fails when more time has passed.
   *
   * @param what had to happen, for the failure
   */
  public void require(String what, Duration promised) {
    require(what, promised, passed());
  }

  /**
   * Fails when what was measured by another clock took longer.
   *
   * @param what had to happen, for the failure
   */
  public static void require(String what, Duration promised, Duration took) {
    Duration limit = HELD_TO ? promised : promised.multipliedBy(TIMES_ELSEWHERE);
    if (took.compareTo(limit) > 0) {
      throw new AssertionError("no " + what + " within " + limit + ": " + took.toMillis() + " ms");
    }
  }

  /** How much has passed. */
  public Duration passed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Override
  public String toString() {
    return passed().toMillis() + " ms";
  }

  /** Waits between two looks at something that has to happen. */
  public static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
