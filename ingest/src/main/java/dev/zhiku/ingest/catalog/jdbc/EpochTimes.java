package dev.zhiku.ingest.catalog.jdbc;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times as the database keeps them: whole numbers, so that no driver's time zone can shift them.
 */
final class EpochTimes {
  private EpochTimes() {}

  /** Nanoseconds since 1970; times beyond the years 1677 and 2262 become those. */
  static long nanos(Instant time) {
    return FileTime.from(time).to(TimeUnit.NANOSECONDS);
  }

  static Instant ofNanos(long nanos) {
    return FileTime.from(nanos, TimeUnit.NANOSECONDS).toInstant();
  }

  static @Nullable Long millis(Optional<Instant> time) {
    return time.isPresent() ? (Long) time.get().toEpochMilli() : null;
  }

  static Optional<Instant> ofMillis(@Nullable Long millis) {
    return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
  }
}
