package dev.zhiku.app.command;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the ingest is, on one line.
 *
 * @param total files, pending ones included
 * @param etaSeconds 0 where nobody can tell
 */
record ProgressLine(
    long total, long pending, double passagesPerSecond, long etaSeconds, boolean paused) {
  private static final int WIDTH = 30;

  static ProgressLine of(Map<String, @Nullable Object> status) {
    Map<String, @Nullable Object> files = JsonObject.object(status, "files");
    Map<String, @Nullable Object> queue = JsonObject.object(status, "queue");
    return new ProgressLine(
        number(files, "total").longValue(),
        number(files, "pending").longValue(),
        number(queue, "passages_per_second").doubleValue(),
        number(queue, "eta_seconds").longValue(),
        Boolean.TRUE.equals(queue.get("paused")));
  }

  private static Number number(Map<String, @Nullable Object> object, String key) {
    return object.get(key) instanceof Number number ? number : 0;
  }

  boolean atRest() {
    return pending == 0;
  }

  /** For a terminal. */
  String bar() {
    long done = total - pending;
    int filled = total == 0 ? WIDTH : (int) (WIDTH * done / total);
    int percent = total == 0 ? 100 : (int) (100 * done / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d %%  %s",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        percent,
        words());
  }

  /** For a file or another program. */
  String words() {
    String speed =
        passagesPerSecond < 0.05
            ? ""
            : String.format(Locale.ROOT, ", %.1f passages per second", passagesPerSecond);
    String left =
        etaSeconds > 0 ? ", about " + spoken(Duration.ofSeconds(etaSeconds)) + " left" : "";
    return String.format(
        Locale.ROOT,
        "%d of %d files, %d waiting%s",
        total - pending,
        total,
        pending,
        paused ? ", paused (./zhiku resume goes on)" : speed + left);
  }

  /** Rounded to a unit that people say. */
  static String spoken(Duration duration) {
    if (duration.toMinutes() < 2) {
      return duration.toSeconds() + " s";
    }
    return duration.toHours() < 2
        ? duration.toMinutes() + " min"
        : String.format(Locale.ROOT, "%.1f h", duration.toMinutes() / 60.0);
  }
}
