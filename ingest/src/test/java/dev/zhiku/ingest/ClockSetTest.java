package dev.zhiku.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.catalog.CatalogEntry;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock is set by a day, forward and back, while files are on their way. */
class ClockSetTest {
  private static final Duration LONG = Duration.ofSeconds(20);
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

  private static void noticed() throws InterruptedException {
    Thread.sleep(1_200);
  }

  @Test
  void nothing_is_read_twice_and_nothing_waits_a_day_when_the_clock_is_set() throws Exception {
    write("before.txt");
    answered("before.txt");
    clock.set(DAY);
    noticed();
    write("ahead.txt");
    answered("ahead.txt");
    clock.set(DAY.negated());
    noticed();
    write("behind.txt");
    answered("behind.txt");
    clock.set(Duration.ZERO);
    noticed();
    write("after.txt");
    answered("after.txt");

    assertThat(ingest.extractor.files()).isEqualTo(4);
    assertThat(ingest.meter.embedded()).isEqualTo(4);
  }

  @Test
  void a_file_seen_before_the_clock_is_set_back_is_read_all_the_same() throws Exception {
    ingest.service.pause();
    write("waiting.txt");
    RunningIngest.await("seen", LONG, () -> ingest.counts().pending() == 1);
    noticed();
    clock.set(DAY.negated());
    noticed();
    ingest.service.resume();

    answered("waiting.txt");
  }

  @Test
  void a_file_seen_before_a_restart_with_the_clock_set_back_is_read_all_the_same()
      throws Exception {
    ingest.service.pause();
    write("waiting.txt");
    RunningIngest.await("seen", LONG, () -> ingest.counts().pending() == 1);
    noticed();
    ingest.close();
    clock.set(DAY.negated());
    open();
    ingest.service.resume();

    answered("waiting.txt");
  }

  @Test
  void a_retry_stays_as_far_away_as_it_was() throws Exception {
    Files.writeString(folder.resolve("crash.txt"), PlainTextExtractor.CRASHING);
    RunningIngest.await("failed", LONG, () -> ingest.counts().failed() == 1);
    Duration before = untilRetry();
    for (Duration ahead : List.of(DAY, DAY.negated(), Duration.ZERO)) {
      clock.set(ahead);
      noticed();
      assertThat(untilRetry()).as("%s", ahead).isBetween(Duration.ZERO, before);
    }
    assertThat(ingest.extractor.files()).isEqualTo(1);
  }

  private Duration untilRetry() {
    Optional<Instant> retry =
        ingest.entry("knowledge", "crash.txt").flatMap(CatalogEntry::nextRetryAt);
    return Duration.between(clock.instant(), retry.orElseThrow());
  }
}
