package dev.zhiku.ingest.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.outcome.SteadyClock;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsAheadTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final int FILES = 40;

  @TempDir private Path directory;
  private CatalogFixture fixture;
  private DocumentLedger ledger;
  private ClaimsAhead ahead;

  @BeforeEach
  void open() {
    fixture = CatalogFixture.open(directory);
    ledger = fixture.ledger();
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    ahead =
        new ClaimsAhead(
            ledger,
            new DueClock(new SteadyClock(clock, System::nanoTime), ledger, new WorkSignal()));
    List<FileChange> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      FileStamp stamp = new FileStamp(i, NOW, "k" + i);
      files.add(new FileChange.Appeared(DocumentId.random(), "s", "f" + i, stamp, true));
    }
    ledger.record(files, NOW);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void every_file_is_handed_out_once() {
    Set<DocumentId> seen = new HashSet<>();
    for (int i = 0; i < FILES; i++) {
      assertThat(seen.add(ahead.next(List.of(Lane.SMALL), () -> true).orElseThrow().id())).isTrue();
    }
    assertThat(ahead.next(List.of(Lane.LARGE, Lane.SMALL), () -> true)).isEmpty();
  }

  @Test
  void what_no_worker_has_begun_is_given_back_and_does_not_count_as_a_try() {
    for (int i = 0; i < 10; i++) {
      assertThat(ahead.next(List.of(Lane.SMALL), () -> true)).map(Claim::attempts).contains(1);
    }
    ahead.giveBack();
    ahead.giveBack();
    Duration lease = Duration.ofMinutes(1);
    assertThat(
            ledger.claim(
                "other", Lane.SMALL, Order.OLDEST_FIRST, NOW.plusSeconds(1), lease, 2 * FILES))
        .hasSize(FILES - 10)
        .allMatch(claim -> claim.attempts() == 1);
  }

  @Test
  void nothing_is_claimed_for_a_worker_that_may_read_no_more_when_its_turn_comes() {
    assertThat(ahead.next(List.of(Lane.SMALL), () -> false)).isEmpty();
    assertThat(ahead.next(List.of(Lane.SMALL), () -> true)).map(Claim::attempts).contains(1);
  }
}
