package dev.zhiku.app.command;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a model has come, on one line.
 *
 * @param total bytes, 0 where nobody knows
 * @param bytesPerSecond 0 where nobody knows yet
 */
record PullLine(String phase, long completed, long total, double bytesPerSecond) {
  private static final int WIDTH = 30;
  private static final double MEGABYTE = 1e6;

  static PullLine of(Map<String, @Nullable Object> pull) {
    return new PullLine(
        JsonObject.text(pull, "phase"), number(pull, "completed"), number(pull, "total"), 0);
  }

  private static long number(Map<String, @Nullable Object> object, String key) {
    return object.get(key) instanceof Number number ? number.longValue() : 0;
  }

  /** The same with the speed since an earlier moment of the same phase. */
  PullLine since(PullLine earlier, Duration between) {
    double seconds = between.toNanos() / 1e9;
    boolean comparable = phase.equals(earlier.phase) && seconds > 0;
    double speed = comparable ? Math.max(0, completed - earlier.completed) / seconds : 0;
    return new PullLine(phase, completed, total, speed);
  }

  /** For a terminal. */
  String bar() {
    int filled = total == 0 ? 0 : (int) (WIDTH * completed / total);
    return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + words();
  }

  /** For a file or another program. */
  String words() {
    String share =
        total == 0 ? "" : String.format(Locale.ROOT, "%d %% of ", 100 * completed / total);
    String left =
        bytesPerSecond < 1
            ? ""
            : String.format(Locale.ROOT, ", %.1f MB per second", bytesPerSecond / MEGABYTE)
                + (total > completed
                    ? ", about " + ProgressLine.spoken(remaining()) + " left"
                    : "");
    return phase + " " + share + ModelLines.size(total == 0 ? completed : total) + left;
  }

  private Duration remaining() {
    return Duration.ofSeconds((long) ((total - completed) / bytesPerSecond));
  }
}
