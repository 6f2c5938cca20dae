package dev.zhiku.app.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How fast all cores together read memory: each adds up an array of its own, too large for its
 * caches, again and again. The best second counts, for other programs only slow it down.
 */
public final class MemoryBandwidth {
  private static final long ARRAY_BYTES = 64L << 20;
  private static final long LEAST_ARRAY_BYTES = 4L << 20;
  private static final Duration ROUND = Duration.ofSeconds(1);

  private MemoryBandwidth() {}

  /**
   * Measures.
   *
   * @param lasting all of it, the warm-up included; at least a second
   * @return bytes per second
   */
  public static double measure(Duration lasting) throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    long share = Runtime.getRuntime().maxMemory() / 4 / threads;
    int longs = (int) (Math.clamp(share, LEAST_ARRAY_BYTES, ARRAY_BYTES) / Long.BYTES);
    long[][] arrays = new long[threads][longs];
    double best = 0;
    long end = System.nanoTime() + lasting.toNanos();
    try (ExecutorService readers = Executors.newFixedThreadPool(threads)) {
      do {
        best = Math.max(best, round(readers, arrays));
      } while (System.nanoTime() < end);
    }
    return best;
  }

  private static double round(ExecutorService readers, long[][] arrays)
      throws InterruptedException {
    long end = System.nanoTime() + ROUND.toNanos();
    List<Future<Double>> speeds = new ArrayList<>();
    for (long[] array : arrays) {
      speeds.add(readers.submit(() -> read(array, end)));
    }
    double sum = 0;
    for (Future<Double> speed : speeds) {
      try {
        sum += speed.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("reading memory failed", e);
      }
    }
    return sum;
  }

  /** Bytes per second of one thread. The sum is used, so that nobody optimises it away. */
  private static double read(long[] array, long end) {
    long begun = System.nanoTime();
    long bytes = 0;
    long sum = 0;
    do {
      sum += sum(array);
      bytes += (long) array.length * Long.BYTES;
    } while (System.nanoTime() < end);
    double seconds = (System.nanoTime() - begun) / 1e9;
    return sum == 0 ? bytes / seconds : 0;
  }

  private static long sum(long[] array) {
    long sum = 0;
    for (long value : array) {
      sum += value;
    }
    return sum;
  }
}
