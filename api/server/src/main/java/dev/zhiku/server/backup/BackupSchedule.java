package dev.zhiku.server.backup;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups that are made by themselves. What is due is told by the files that are there, so that one
 * that was missed while the service did not run is made up for. One that failed is tried again: a
 * minute later, then after twice as long each time, at last every hour. Thread-safe.
 */
public final class BackupSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackupSchedule.class);
  private static final int LOOK_MINUTES = 1;

  /** Longest time from one that failed to the next try. */
  static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Backups backups;
  private final BackupConfig config;
  private final Clock clock;
  private final Consumer<Outcome> told;
  private final Thread thread;
  private volatile Optional<Outcome> last = Optional.empty();
  private int failures;

  /**
   * What became of a backup.
   *
   * @param file its name; empty if none was made
   * @param failure why none was made; empty if one was
   */
  public record Outcome(Instant at, Optional<String> file, Optional<String> failure) {}

  /**
   * @param told of each outcome
   */
  public BackupSchedule(Backups backups, BackupConfig config, Clock clock, Consumer<Outcome> told) {
    this.backups = backups;
    this.config = config;
    this.clock = clock;
    this.told = told;
    thread = Thread.ofPlatform().name("zhiku-backup").daemon().unstarted(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.MINUTES.sleep(LOOK_MINUTES);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins to look every minute whether a backup is due; without a schedule never. */
  public void start() {
    if (config.isScheduled()) {
      thread.start();
    }
  }

  /** What became of the last one that was due since the start. */
  public Optional<Outcome> last() {
    return last;
  }

  /** Makes a backup if one is due. */
  void look() {
    Instant now = clock.instant();
    if (isTooEarly(now)) {
      return;
    }
    try {
      if (!config.isDue(backups.newest(Backups.Kind.SCHEDULED), now, ZoneId.systemDefault())) {
        return;
      }
      Backups.Made made = backups.make(Backups.Kind.SCHEDULED);
      say(
          new Outcome(
              now, Optional.of(String.valueOf(made.file().getFileName())), Optional.empty()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      if (last.flatMap(Outcome::failure).isEmpty()) {
        LOG.error("A backup that was due could not be made; it is tried again ever later", e);
      }
      say(new Outcome(now, Optional.empty(), Optional.of(e.toString())));
    }
  }

  /** Whether one failed too recently; a clock that was set back keeps nobody waiting for long. */
  private boolean isTooEarly(Instant now) {
    if (failures == 0) {
      return false;
    }
    Instant failed = last.map(Outcome::at).orElse(now);
    Duration doubled =
        Duration.ofMinutes(LOOK_MINUTES).multipliedBy(1L << Math.min(failures - 1, 6));
    Duration wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    return !now.isBefore(failed) && now.isBefore(failed.plus(wait));
  }

  private void say(Outcome outcome) {
    boolean failsAgain =
        outcome.failure().isPresent() && last.flatMap(Outcome::failure).isPresent();
    last = Optional.of(outcome);
    failures = outcome.failure().isPresent() ? failures + 1 : 0;
    if (!failsAgain) {
      told.accept(outcome);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
