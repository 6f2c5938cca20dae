package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.testing.CatalogFixture;
import dev.zhiku.ingest.testing.PlainTextExtractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock is set by a day, forward and back, while files are on their way. */
@Tag("long")
class ClockSetIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  /**
   * One that was under way when the clock was set, one that notices it, one that follows it, and
   * one after all that.
   */
  private static final int LOOKS = 4;

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock();
  private final InMemoryKnowledgeIndex index = new InMemoryKnowledgeIndex();
  private Path folder;
  private CatalogFixture catalog;
  private RunningIngest ingest;

  @BeforeEach
  void start() throws Exception {
    folder = Files.createDirectories(directory.resolve("knowledge"));
    catalog = CatalogFixture.open(directory.resolve("db"));
    open();
  }

  private void open() throws InterruptedException {
    ingest =
        RunningIngest.start(
            List.of(SourceConfig.of("knowledge", folder)),
            CrashChild.QUICK,
            directory,
            catalog.ledger(),
            index,
            clock);
  }

  @AfterEach
  void stop() {
    ingest.close();
    index.close();
    catalog.close();
  }

  private void write(String name) throws IOException {
    Files.writeString(folder.resolve(name), "All about " + name + ".");
  }

  private void answered(String name) throws Exception {
    RunningIngest.await(name, LONG, () -> ingest.answers("knowledge:" + name, "All about " + name));
  }

  private void set(Duration aheadOfTheSystem) throws Exception {
    clock.set(aheadOfTheSystem);
    RunningIngest.await("noticed", LONG, () -> clock.looks() >= LOOKS);
  }

  private void seenAndStable(String name) throws Exception {
    RunningIngest.await(
        "settled",
        LONG,
        () -> ingest.ledger.at("knowledge", name).filter(file -> !file.unstable()).isPresent());
  }

  @Test
  void nothing_is_read_twice_and_nothing_waits_a_day_when_the_clock_is_set() throws Exception {
    write("before.txt");
    answered("before.txt");
    set(DAY);
    write("ahead.txt");
    answered("ahead.txt");
    set(DAY.negated());
    write("behind.txt");
    answered("behind.txt");
    set(Duration.ZERO);
    write("after.txt");
    answered("after.txt");

    assertThat(ingest.extractor.files()).isEqualTo(4);
    assertThat(ingest.meter.embedded()).isEqualTo(4);
  }

  @Test
  void a_file_seen_before_the_clock_is_set_back_is_read_all_the_same() throws Exception {
    ingest.service.pause();
    write("waiting.txt");
    seenAndStable("waiting.txt");
    set(DAY.negated());
    ingest.service.resume();

    answered("waiting.txt");
  }

  @Test
  void a_file_seen_before_a_restart_with_the_clock_set_back_is_read_all_the_same()
      throws Exception {
    ingest.service.pause();
    write("waiting.txt");
    seenAndStable("waiting.txt");
    ingest.close();
    clock.set(DAY.negated());
    open();
    ingest.service.resume();

    answered("waiting.txt");
  }

  @Test
  void a_retry_stays_as_far_away_as_it_was() throws Exception {
    Files.writeString(folder.resolve("crash.txt"), PlainTextExtractor.CRASHING);
    RunningIngest.await("failed", LONG, () -> failedAfter(1));
    again();
    RunningIngest.await("failed again, and minutes to go", LONG, () -> failedAfter(2));
    Duration before = untilRetry();
    for (Duration ahead : List.of(DAY, DAY.negated(), Duration.ZERO)) {
      set(ahead);
      assertThat(untilRetry()).as("%s", ahead).isBetween(Duration.ZERO, before);
    }
    assertThat(ingest.extractor.files()).isEqualTo(2);
  }

  private boolean failedAfter(int attempts) {
    return ingest
        .entry("knowledge", "crash.txt")
        .filter(entry -> entry.state() == State.FAILED && entry.attempts() == attempts)
        .isPresent();
  }

  /** The second try now, so that the third is further away than this test takes. */
  private void again() {
    DocumentId id = ingest.entry("knowledge", "crash.txt").orElseThrow().id();
    ingest.ledger.record(List.of(new FileChange.Requeued(id, false)), clock.shown());
  }

  private Duration untilRetry() {
    Optional<Instant> retry =
        ingest.entry("knowledge", "crash.txt").flatMap(CatalogEntry::nextRetryAt);
    return Duration.between(clock.shown(), retry.orElseThrow());
  }
}
