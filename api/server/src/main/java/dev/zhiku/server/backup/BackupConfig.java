package dev.zhiku.server.backup;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When backups are made by themselves, and how many are kept; {@code zhiku.backup}.
 *
 * @param at time of the day, by the clock of this machine; empty for none
 * @param every how long after the one before; empty for none
 * @param keep newest backups that are kept of each kind: made by themselves, asked for, made before
 *     an upgrade
 * @param folder where those go that are made by themselves; empty for {@code backups} in the data
 *     folder
 */
public record BackupConfig(
    Optional<String> at, Optional<Duration> every, int keep, Optional<Path> folder) {
  /** None by themselves. */
  public static final BackupConfig DEFAULT =
      new BackupConfig(Optional.empty(), Optional.empty(), 7, Optional.empty());

  private static final int MOST = 1_000;
  private static final Duration LEAST_APART = Duration.ofMinutes(10);

  public BackupConfig {
    if (at.isPresent() && every.isPresent()) {
      throw new IllegalArgumentException(
          "zhiku.backup has either at, a time of the day, or every, a duration");
    }
    at.ifPresent(BackupConfig::time);
    if (every.filter(apart -> apart.compareTo(LEAST_APART) < 0).isPresent()) {
      throw new IllegalArgumentException(
          "zhiku.backup.every must be 10m or more, got " + every.get().toSeconds() + "s");
    }
    if (keep < 1 || keep > MOST) {
      throw new IllegalArgumentException("zhiku.backup.keep must be 1.." + MOST + ", got " + keep);
    }
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "zhiku.backup.at must be a time such as \"03:30\", got " + text, e);
    }
  }

  /** Whether any are made by themselves. */
  boolean isScheduled() {
    return at.isPresent() || every.isPresent();
  }

  /**
   * Whether one is due.
   *
   * @param last moment of the newest one; empty if there is none
   */
  boolean isDue(Optional<Instant> last, Instant now, ZoneId zone) {
    if (last.isEmpty()) {
      return isScheduled();
    }
    boolean apart = every.filter(each -> !last.get().plus(each).isAfter(now)).isPresent();
    return apart
        || at.filter(text -> last.get().isBefore(latest(time(text), now, zone))).isPresent();
  }

  /** The last moment at which it was this time of the day. */
  private static Instant latest(LocalTime time, Instant now, ZoneId zone) {
    ZonedDateTime today = now.atZone(zone).with(time);
    return (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
  }
}
