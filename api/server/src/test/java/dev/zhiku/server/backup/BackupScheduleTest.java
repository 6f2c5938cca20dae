package dev.zhiku.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupScheduleTest {
  @TempDir private Path folder = Path.of("");

  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private volatile boolean broken;
  private final List<BackupSchedule.Outcome> told = new ArrayList<>();

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private Backups backups(int keep) {
    return new Backups(
        folder.resolve("asked"),
        Optional.of(folder.resolve("elsewhere/scheduled")),
        keep,
        this::held,
        "0.1.0",
        clock);
  }

  private Backups.Held held() throws IOException {
    if (broken) {
      throw new IOException("the disk is full");
    }
    return new Backups.Held(
        Map.of(), List.of(BackupPart.of("words.txt", new byte[] {1})), Duration.ZERO, () -> {});
  }

  private BackupSchedule every(Duration apart, int keep) {
    return new BackupSchedule(
        backups(keep),
        new BackupConfig(Optional.empty(), Optional.of(apart), keep, Optional.empty()),
        clock,
        told::add);
  }

  private List<String> in(String name) throws IOException {
    Path where = folder.resolve(name);
    if (!Files.isDirectory(where)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(where)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void a_backup_is_made_when_it_is_due_and_only_the_newest_are_kept() throws IOException {
    try (BackupSchedule schedule = every(Duration.ofHours(6), 3)) {
      for (int hour = 0; hour < 48; hour++) {
        schedule.look();
        now = now.plus(Duration.ofHours(1));
      }
    }

    assertThat(told).hasSize(8);
    assertThat(in("elsewhere/scheduled"))
        .containsExactly(
            "zhiku-scheduled-20260302T180000000.backup",
            "zhiku-scheduled-20260303T000000000.backup",
            "zhiku-scheduled-20260303T060000000.backup");
  }

  @Test
  void one_that_was_missed_is_made_up_for_and_one_that_is_there_counts() throws IOException {
    try (BackupSchedule schedule = every(Duration.ofHours(6), 3)) {
      schedule.look();
    }
    now = now.plus(Duration.ofHours(5));
    try (BackupSchedule schedule = every(Duration.ofHours(6), 3)) {
      schedule.look();
      assertThat(in("elsewhere/scheduled")).hasSize(1);
      now = now.plus(Duration.ofDays(3));
      schedule.look();
    }

    assertThat(in("elsewhere/scheduled")).hasSize(2);
  }

  @Test
  void one_that_fails_is_told_once_and_tried_again() throws IOException {
    try (BackupSchedule schedule = every(Duration.ofHours(6), 3)) {
      broken = true;
      schedule.look();
      schedule.look();
      assertThat(schedule.last().orElseThrow().failure()).isPresent();
      assertThat(told).hasSize(1);
      broken = false;
      schedule.look();
      assertThat(schedule.last().orElseThrow().failure()).isPresent();
      now = now.plus(Duration.ofMinutes(1));
      schedule.look();

      assertThat(schedule.last().orElseThrow().failure()).isEmpty();
      assertThat(told).hasSize(2);
    }
    assertThat(in("elsewhere/scheduled")).hasSize(1);
  }

  @Test
  void one_that_goes_on_failing_is_tried_ever_later_and_at_last_every_hour() {
    broken = true;
    List<Long> tries = new ArrayList<>();
    try (BackupSchedule schedule = every(Duration.ofHours(6), 3)) {
      Instant start = now;
      for (int minute = 0; minute <= 300; minute++) {
        schedule.look();
        if (schedule.last().orElseThrow().at().equals(now)) {
          tries.add(Duration.between(start, now).toMinutes());
        }
        now = now.plus(Duration.ofMinutes(1));
      }
      assertThat(tries).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L);
      assertThat(told).hasSize(1);

      now = start;
      broken = false;
      schedule.look();
      assertThat(schedule.last().orElseThrow().failure()).as("the clock was set back").isEmpty();
    }
  }

  @Test
  void backups_that_were_asked_for_do_not_pile_up_and_leave_other_files() throws Exception {
    Backups backups = backups(2);
    Files.createDirectories(folder.resolve("asked"));
    Files.writeString(folder.resolve("asked/zhiku-of-mine.backup"), "x");
    for (int i = 0; i < 5; i++) {
      backups.make(Backups.Kind.ASKED);
      now = now.plus(Duration.ofMinutes(1));
    }

    assertThat(in("asked"))
        .containsExactly(
            "zhiku-20260301T120300000.backup",
            "zhiku-20260301T120400000.backup",
            "zhiku-of-mine.backup");
  }

  @Test
  void by_a_time_of_the_day_one_is_due_from_then_on() {
    BackupConfig daily =
        new BackupConfig(Optional.of("03:30"), Optional.empty(), 7, Optional.empty());
    ZoneId zone = ZoneId.of("Asia/Shanghai");
    Optional<Instant> last = Optional.of(Instant.parse("2026-03-01T19:31:00Z"));

    assertThat(daily.isDue(Optional.empty(), now, zone)).isTrue();
    assertThat(daily.isDue(last, Instant.parse("2026-03-02T19:29:00Z"), zone)).isFalse();
    assertThat(daily.isDue(last, Instant.parse("2026-03-02T19:30:00Z"), zone)).isTrue();
  }

  @Test
  void a_schedule_is_checked_as_it_is_configured() {
    assertThatThrownBy(
            () -> new BackupConfig(Optional.of("25:00"), Optional.empty(), 7, Optional.empty()))
        .hasMessageContaining("zhiku.backup.at");
    assertThatThrownBy(
            () ->
                new BackupConfig(
                    Optional.of("03:00"), Optional.of(Duration.ofHours(1)), 7, Optional.empty()))
        .hasMessageContaining("either at");
    assertThatThrownBy(
            () -> new BackupConfig(Optional.empty(), Optional.empty(), 0, Optional.empty()))
        .hasMessageContaining("zhiku.backup.keep");
  }
}
