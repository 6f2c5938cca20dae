package dev.zhiku.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.catalog.HashRound;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashRoundsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final HashRounds.Limits SMALL =
      new HashRounds.Limits(Duration.ofDays(1), 1 << 20, 2, Duration.ofSeconds(10));

  @TempDir private Path directory;
  private Path folder;
  private CatalogFixture catalog;
  private DocumentLedger ledger;
  private final Counted effects = new Counted();
  private Duration rested = Duration.ZERO;
  private boolean running = true;

  /** Counts what is said to be due. */
  private static final class Counted implements IndexEffects {
    private int due;

    @Override
    public void vanished(DocumentId id) {}

    @Override
    public void refused(DocumentId id) {}

    @Override
    public void moved(DocumentId id, String path) {}

    @Override
    public void due() {
      due++;
    }
  }

  @BeforeEach
  void start() throws Exception {
    folder = Files.createDirectories(directory.resolve("knowledge"));
    catalog = CatalogFixture.open(directory.resolve("db"));
    ledger = catalog.ledger();
    SourceRecord source = SourceRecord.unseen("s", folder.toString());
    ledger.configure(List.of(source));
    for (String name : List.of("a.txt", "b.txt", "c.txt")) {
      Files.writeString(folder.resolve(name), "The text of " + name);
      index(name);
    }
  }

  @AfterEach
  void stop() {
    catalog.close();
  }

  private void index(String name) throws Exception {
    Path file = folder.resolve(name);
    FileStamp stamp = SourceRoot.stamp(Files.readAttributes(file, BasicFileAttributes.class));
    ledger.record(
        List.of(new FileChange.Appeared(DocumentId.random(), "s", name, stamp, true)), NOW);
    Claim claim =
        ledger
            .claim(
                "me",
                Claim.Lane.of(stamp.size()),
                Claim.Order.OLDEST_FIRST,
                NOW,
                Duration.ofMinutes(1),
                1)
            .getFirst();
    String sha256 =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    ledger.recordResults(
        1,
        List.of(
            new ClaimResult.Indexed(
                claim, stamp, "text/plain", sha256, "v1", 1, 0, Optional.empty(), List.of(), NOW)));
  }

  private HashRounds at(Instant time) {
    Clock clock = Clock.fixed(time, ZoneOffset.UTC);
    SourceFolder source =
        new SourceFolder(
            SourceConfig.of("s", folder), SourceTiming.DEFAULT, ledger, effects, clock);
    return new HashRounds(source, ledger, effects, clock, SMALL, this::rest);
  }

  private boolean rest(Duration most) {
    rested = rested.plus(most);
    return running;
  }

  private State state(String path) {
    return ledger.at("s", path).map(KnownFile::state).orElseThrow();
  }

  private void changeBehindTheStamp(String name) throws Exception {
    Path file = folder.resolve(name);
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "THE TEXT OF " + name);
    Files.setLastModifiedTime(file, time);
  }

  @Test
  void the_first_round_begins_a_day_after_the_source_was_first_seen() throws Exception {
    changeBehindTheStamp("a.txt");
    at(NOW).step();
    at(NOW.plus(Duration.ofHours(23))).step();
    assertThat(state("a.txt")).isEqualTo(State.INDEXED);

    at(NOW.plus(Duration.ofHours(24))).step();
    assertThat(state("a.txt")).isEqualTo(State.PENDING);
    assertThat(effects.due).isEqualTo(1);
  }

  @Test
  void only_files_with_other_bytes_are_read_anew_and_a_round_goes_on_after_a_restart()
      throws Exception {
    changeBehindTheStamp("c.txt");
    at(NOW).step();
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    at(tomorrow).step();
    assertThat(ledger.hashRound("s")).contains(new HashRound("s", "b.txt", tomorrow, false));
    assertThat(state("c.txt")).isEqualTo(State.INDEXED);

    Instant later = tomorrow.plus(Duration.ofHours(1));
    at(later).step();
    assertThat(state("c.txt")).isEqualTo(State.PENDING);
    assertThat(state("a.txt")).isEqualTo(State.INDEXED);
    at(later).step();
    assertThat(ledger.hashRound("s")).contains(new HashRound("s", "c.txt", tomorrow, true));
    at(later).step();
    assertThat(effects.due).isEqualTo(1);
  }

  @Test
  void a_held_source_is_not_read() throws Exception {
    changeBehindTheStamp("a.txt");
    at(NOW).step();
    ledger.write(
        ledger
            .source("s")
            .orElseThrow()
            .hold(false, RootCheck.unlistable(new IOException("away"))));
    at(NOW.plus(Duration.ofDays(2))).step();

    assertThat(state("a.txt")).isEqualTo(State.INDEXED);
  }

  @Test
  void reading_is_slow_and_ends_in_the_middle_of_a_file_when_the_service_stops() throws Exception {
    Files.write(folder.resolve("a.big"), new byte[3 << 20]);
    index("a.big");
    at(NOW).step();
    at(NOW.plus(Duration.ofDays(1))).step();
    assertThat(rested).isGreaterThan(Duration.ofSeconds(2));

    running = false;
    at(NOW.plus(Duration.ofDays(3))).step();
    at(NOW.plus(Duration.ofDays(3))).step();
    assertThat(ledger.hashRound("s").orElseThrow().path()).isNotEqualTo("a.big");
  }
}
