package dev.zhiku.ingest.outcome;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Named places where a test makes this process die or fail. Without the system property {@code
 * zhiku.fault-point} they do nothing. Its value is {@code name:n:action}: at the n-th hit of the
 * name, or of any with {@code *}, {@code halt} ends the process at once and {@code throw} throws.
 */
public final class FaultPoints {
  /** The system property that arms one point. */
  public static final String PROPERTY = "zhiku.fault-point";

  /** Exit code of a process that was halted here. */
  public static final int HALTED = 87;

  private static final @Nullable Plan PLAN = Plan.parse(System.getProperty(PROPERTY));

  private FaultPoints() {}

  /** Passes a place. */
  public static void hit(String name) {
    if (PLAN != null) {
      PLAN.hit(name);
    }
  }

  private record Plan(String name, int n, String action, Map<String, AtomicInteger> hits) {
    static @Nullable Plan parse(@Nullable String property) {
      if (property == null) {
        return null;
      }
      String[] parts = property.split(":", -1);
      return new Plan(parts[0], Integer.parseInt(parts[1]), parts[2], new ConcurrentHashMap<>());
    }

    void hit(String passed) {
      if (!name.equals("*") && !name.equals(passed)) {
        return;
      }
      int count = hits.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
      if (count == n) {
        act(passed);
      }
    }

    private void act(String passed) {
      if (action.equals("halt")) {
        System.err.println("halted at " + passed);
        Runtime.getRuntime().halt(HALTED);
      }
      throw new IllegalStateException("fault point " + passed);
    }
  }
}
