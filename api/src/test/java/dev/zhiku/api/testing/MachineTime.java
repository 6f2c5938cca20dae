package dev.zhiku.api.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Time as the machine has it for one more program: a second of it is a second of the clock where
 * processors are free, and many where twenty programs compute at once. For limits that a promise
 * names, such as "within five seconds"; a wait for something that merely has to happen has a limit
 * of the clock, and a generous one. Thread-safe.
 *
 * <p>A thread wants a processor for a few milliseconds again and again. What it gets of it from the
 * moment it asked is the share of the time that counts.
 */
public final class MachineTime implements AutoCloseable {
  private static final long WORK_NANOS = Duration.ofMillis(4).toNanos();
  private static final Duration REST = Duration.ofMillis(40);
  private static final long LOOK_MILLIS = 20;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final long begun = System.nanoTime();
  private final Thread prober =
      Thread.ofPlatform().name("machine-time").daemon(true).unstarted(this::probe);
  private double passedNanos;
  private double share = 1;
  private long countedTo = begun;
  private long wantedAt = begun;

  private MachineTime() {}

  /** Begins to count. */
  public static MachineTime start() {
    MachineTime time = new MachineTime();
    time.prober.start();
    return time;
  }

  /**
   * Waits for a condition.
   *
   * @param what it is, for the failure
   * @param limit in this time
   * @return how long it took by the clock
   * @throws AssertionError if it does not hold in time
   */
  public static Duration await(String what, Duration limit, BooleanSupplier condition) {
    try (MachineTime time = start()) {
      while (!condition.getAsBoolean()) {
        if (time.passed().compareTo(limit) > 0) {
          throw new AssertionError("no " + what + " within " + limit + ": " + time);
        }
        ServiceProcess.pause(LOOK_MILLIS);
      }
      return time.byTheClock();
    }
  }

  /** The same for a latch. */
  public static Duration await(String what, Duration limit, CountDownLatch latch) {
    return await(what, limit, () -> latch.getCount() == 0);
  }

  private void probe() {
    try {
      while (true) {
        long before = cpuNanos();
        long now = System.nanoTime();
        while (cpuNanos() - before < WORK_NANOS) {
          now = System.nanoTime();
        }
        count(now);
        Thread.sleep(REST);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private long cpuNanos() {
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  private synchronized void count(long now) {
    share = Math.min(1, (double) WORK_NANOS / Math.max(1, now - wantedAt));
    passedNanos += (now - countedTo) * share;
    countedTo = now;
    wantedAt = now + REST.toNanos();
  }

  /** How much has passed. */
  public synchronized Duration passed() {
    long now = System.nanoTime();
    long waiting = now - wantedAt;
    double lately = waiting > WORK_NANOS ? Math.min(share, (double) WORK_NANOS / waiting) : share;
    return Duration.ofNanos((long) (passedNanos + (now - countedTo) * lately));
  }

  private Duration byTheClock() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Override
  public String toString() {
    return passed().toMillis() + " ms, " + byTheClock().toMillis() + " ms by the clock";
  }

  @Override
  public void close() {
    prober.interrupt();
  }
}
