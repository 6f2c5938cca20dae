package dev.zhiku.ingest.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.catalog.DocumentCatalog.Counts;
import dev.zhiku.ingest.catalog.DocumentCatalog.Page;
import dev.zhiku.ingest.catalog.DocumentCatalog.Query;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kept sums against the rows themselves, after whatever happened to the files. */
class CatalogSumsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final int STEPS = 400;

  @TempDir private Path directory;
  private final long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<DocumentId> known = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();
  private long epoch;
  private int names;

  @Test
  void the_sums_are_those_of_the_rows_after_whatever_happened() {
    System.out.println("seed " + seed);
    try (CatalogFixture fixture = CatalogFixture.open(directory)) {
      DocumentLedger ledger = fixture.ledger();
      ledger.configure(List.of(SourceRecord.unseen("s", "/s"), SourceRecord.unseen("t", "/t")));
      for (int i = 0; i < STEPS; i++) {
        step(ledger);
        assertThatSumsFit(ledger);
      }
      ledger.configure(List.of(SourceRecord.unseen("t", "/t")));
      assertThatSumsFit(ledger);
    }
    try (CatalogFixture fixture = CatalogFixture.open(directory)) {
      assertThatSumsFit(fixture.ledger());
    }
  }

  @Test
  void a_transaction_that_fails_changes_no_sum() {
    try (CatalogFixture fixture = CatalogFixture.open(directory)) {
      DocumentLedger ledger = fixture.ledger();
      FileChange one = appeared("s", "a");
      ledger.record(List.of(one), NOW);
      try {
        ledger.record(List.of(appeared("s", "b"), appeared("s", "a")), NOW);
      } catch (RuntimeException taken) {
        assertThat(taken).isNotNull();
      }
      assertThatSumsFit(ledger);
      ledger.record(List.of(appeared("s", "c")), NOW);
      assertThatSumsFit(ledger);
    }
  }

  private FileChange appeared(String source, String path) {
    return new FileChange.Appeared(DocumentId.random(), source, path, stamp(), true);
  }

  private FileStamp stamp() {
    return new FileStamp(random.nextInt(1_000), NOW, "k" + random.nextInt(50));
  }

  private void step(DocumentLedger ledger) {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> {
        FileChange file = appeared(random.nextBoolean() ? "s" : "t", "f" + names++);
        known.add(file.id());
        ledger.record(List.of(file), NOW);
      }
      case 3 -> change(ledger, id -> new FileChange.Changed(id, stamp(), random.nextBoolean()));
      case 4 -> change(ledger, id -> new FileChange.Vanished(id));
      case 5 -> change(ledger, id -> new FileChange.Requeued(id, random.nextBoolean()));
      case 6 -> change(ledger, id -> new FileChange.Moved(id, "f" + names++, stamp(), stamp()));
      case 7 ->
          change(
              ledger,
              id ->
                  new FileChange.Refused(
                      id, "s", "f" + names++, stamp(), Reason.of(ReasonCode.OCR_NOT_INSTALLED)));
      case 8, 9 -> claims.addAll(claim(ledger));
      case 10 -> settle(ledger);
      default -> other(ledger);
    }
  }

  private interface Changing {
    FileChange of(DocumentId id);
  }

  private void change(DocumentLedger ledger, Changing changing) {
    if (!known.isEmpty()) {
      DocumentId id = known.get(random.nextInt(known.size()));
      if (ledger.find(id).isPresent()) {
        ledger.record(List.of(changing.of(id)), NOW);
      }
    }
  }

  private List<Claim> claim(DocumentLedger ledger) {
    Order order = random.nextBoolean() ? Order.OLDEST_FIRST : Order.NEWEST_FIRST;
    Lane lane = random.nextInt(4) == 0 ? Lane.OCR : Lane.SMALL;
    return ledger.claim("w", lane, order, NOW.plusSeconds(1), LEASE, 1 + random.nextInt(4));
  }

  private void settle(DocumentLedger ledger) {
    ledger.recordResults(++epoch, claims.stream().map(this::result).toList());
    claims.clear();
  }

  private ClaimResult result(Claim claim) {
    return switch (random.nextInt(3)) {
      case 0 ->
          new ClaimResult.Indexed(
              claim,
              stamp(),
              "text/plain",
              "c".repeat(64),
              "v1",
              random.nextInt(9),
              0,
              Optional.of("en"),
              List.of(),
              NOW,
              random.nextBoolean() ? Optional.of(Lane.OCR) : Optional.empty());
      case 1 ->
          new ClaimResult.Unchanged(
              claim, stamp(), "text/plain", "c".repeat(64), "v1", random.nextInt(9), NOW);
      default ->
          new ClaimResult.NotIndexed(
              claim,
              random.nextBoolean() ? State.FAILED : State.SKIPPED,
              Stage.DONE,
              "text/plain",
              Optional.empty(),
              "v1",
              Reason.of(ReasonCode.OCR_NOT_INSTALLED),
              random.nextBoolean() ? Optional.of(NOW) : Optional.empty());
    };
  }

  private void other(DocumentLedger ledger) {
    switch (random.nextInt(4)) {
      case 0 -> ledger.recognizeWhatWasNot("v1", NOW);
      case 1 -> {
        ledger.giveBackUnread(claims);
        claims.clear();
      }
      case 2 -> ledger.record(List.of(adopted()), NOW);
      default -> ledger.dueWithin(NOW, LEASE);
    }
  }

  private FileChange adopted() {
    DocumentId id = DocumentId.random();
    known.add(id);
    DocumentMeta document =
        new DocumentMeta(
            id, "t", "f" + names++, "text/plain", 5, NOW, "c".repeat(64), "v1", Set.of());
    return new FileChange.Adopted(document, 3, epoch);
  }

  private void assertThatSumsFit(DocumentLedger ledger) {
    assertSums(ledger, new Filter.All());
    assertSums(ledger, new Filter.Source("s"));
    assertSums(ledger, new Filter.AnyOf(List.of(new Filter.Source("s"), new Filter.Source("t"))));
    assertSums(ledger, new Filter.AllOf(List.of(new Filter.Source("t"), new Filter.All())));
    assertSums(ledger, new Filter.PathPrefix("f1"));
    assertThat(ledger.pendingBytes())
        .isEqualTo(
            list(ledger, new Filter.All()).stream()
                .filter(entry -> entry.state() == State.PENDING)
                .mapToLong(CatalogEntry::size)
                .sum());
  }

  private void assertSums(DocumentLedger ledger, Filter filter) {
    List<CatalogEntry> rows = list(ledger, filter);
    assertThat(ledger.counts(filter))
        .as("seed %d, %s", seed, filter)
        .isEqualTo(
            new Counts(
                count(rows, State.INDEXED),
                count(rows, State.FAILED),
                count(rows, State.SKIPPED),
                count(rows, State.PENDING),
                0,
                rows.stream().mapToLong(CatalogEntry::passages).sum()));
  }

  private static long count(List<CatalogEntry> rows, State state) {
    return rows.stream().filter(entry -> entry.state() == state).count();
  }

  /** In pages of seven. */
  private static List<CatalogEntry> list(DocumentLedger ledger, Filter filter) {
    List<CatalogEntry> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Page page =
          ledger.list(
              new Query(
                  filter,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  after,
                  7));
      all.addAll(page.entries());
      after = page.nextCursor();
    } while (after.isPresent());
    return all;
  }
}
