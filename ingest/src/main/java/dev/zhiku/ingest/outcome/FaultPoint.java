package dev.zhiku.ingest.outcome;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A step between folder, catalogue and index at which a test makes this process die or fail.
 * Without the system property {@code zhiku.fault-point} none does anything. Its value is {@code
 * name:n:action}: at the n-th hit of the name, or of any with {@code *}, {@code halt} ends the
 * process at once and {@code throw} throws.
 */
public enum FaultPoint {
  AFTER_RECORD,
  AFTER_STAGED,
  AFTER_PLACED,
  AFTER_TRASH,
  AFTER_READ,
  AFTER_EXTRACT,
  AFTER_EMBED,
  AFTER_REPLACE,
  AFTER_DROP,
  BEFORE_INDEX_COMMIT,
  AFTER_INDEX_COMMIT,
  AFTER_RESULTS,
  AFTER_VANISH,
  AFTER_REMOVE,
  AFTER_REFUSE,
  AFTER_MOVE,
  AFTER_DESCRIBE,
  AFTER_COMPARE,
  AFTER_REPAIR,
  AFTER_SAMPLES_VANISH,
  AFTER_SWITCH_OFF;

  /** The system property that arms one point. */
  public static final String PROPERTY = "zhiku.fault-point";

  /** Exit code of a process that was halted here. */
  public static final int HALTED = 87;

  private static final @Nullable Plan PLAN = Plan.parse(System.getProperty(PROPERTY));

  /** Passes the point. */
  public void hit() {
    if (PLAN != null) {
      PLAN.hit(propertyName());
    }
  }

  /** Kebab-case name, as in the system property. */
  public String propertyName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
