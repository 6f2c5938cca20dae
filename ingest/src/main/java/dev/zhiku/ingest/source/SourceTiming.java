package dev.zhiku.ingest.source;

import java.time.Duration;

/**
 * The pauses and time limits of a source.
 *
 * @param tick longest wait for events
 * @param debounce events are gathered so long before they are looked into
 * @param quiet a file is read when nobody has written to it for so long
 * @param grace a missing file is removed when it has not turned up elsewhere for so long
 * @param polling how often a folder without events, or one that is away, is scanned
 * @param restFactor after a scan of the whole folder it is left alone for so many times as long as
 *     the scan took, but no longer than {@link SourceFolder#LONGEST_REST}; at least 0
 */
public record SourceTiming(
    Duration tick,
    Duration debounce,
    Duration quiet,
    Duration grace,
    Duration polling,
    int restFactor) {
  public static final SourceTiming DEFAULT =
      new SourceTiming(
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofMillis(600),
          Duration.ofSeconds(2),
          20);
}
