package dev.zhiku.ingest.source;

import dev.zhiku.ingest.catalog.FileStamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that somebody may still be writing to: each waits until its size and time have stood still
 * for the quiet period. Measures with a clock that never jumps. Used under the source's lock.
 */
final class StabilityTracker {
  private record Watched(FileStamp stamp, long sinceNanos) {}

  private final Duration quiet;
  private final Map<String, Watched> files = new HashMap<>();

  StabilityTracker(Duration quiet) {
    this.quiet = quiet;
  }

  /**
   * Whether a file last written so long ago can be read at once: it was moved here, or copied with
   * its time. A time in the future says nothing.
   */
  boolean stableBy(FileStamp stamp, Instant now) {
    return !stamp.modifiedAt().isAfter(now.minus(quiet));
  }

  /** Starts the wait, or starts it anew if the stamp is another one than before. */
  void watch(String path, FileStamp stamp, long nowNanos) {
    Watched before = files.get(path);
    if (before == null || !before.stamp().equals(stamp)) {
      files.put(path, new Watched(stamp, nowNanos));
    }
  }

  void forget(String path) {
    files.remove(path);
  }

  /** Paths whose wait is over, if they still look the same. */
  List<String> ripe(long nowNanos) {
    List<String> ripe = new ArrayList<>();
    files.forEach(
        (path, file) -> {
          if (nowNanos - file.sinceNanos() >= quiet.toNanos()) {
            ripe.add(path);
          }
        });
    return ripe;
  }

  /** Whether the file stood still for the quiet period with exactly this stamp. */
  boolean stoodStill(String path, FileStamp stamp, long nowNanos) {
    Watched file = files.get(path);
    return file != null
        && file.stamp().equals(stamp)
        && nowNanos - file.sinceNanos() >= quiet.toNanos();
  }
}
