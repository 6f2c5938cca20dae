package dev.zhiku.ingest.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.catalog.HashRound;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.testing.CatalogFixture;
import dev.zhiku.ingest.testing.DocumentCatalogContract;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcDocumentLedgerTest extends DocumentCatalogContract {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(1);

  @TempDir private Path directory;
  private CatalogFixture fixture;
  private DocumentLedger ledger;

  @BeforeEach
  void open() {
    fixture = CatalogFixture.open(directory);
    ledger = fixture.ledger();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Override
  protected DocumentCatalog holding(List<CatalogEntry> entries) {
    for (CatalogEntry entry : entries) {
      FileStamp stamp = new FileStamp(entry.size(), entry.modifiedAt(), "");
      boolean read = entry.state() != State.PENDING;
      ledger.record(
          List.of(new FileChange.Appeared(entry.id(), entry.source(), entry.path(), stamp, read)),
          NOW);
      if (read) {
        Claim claim = claim().orElseThrow();
        ledger.recordResults(entry.epoch(), List.of(result(entry, claim, stamp)));
      }
    }
    return ledger;
  }

  private static ClaimResult result(CatalogEntry entry, Claim claim, FileStamp stamp) {
    return entry.state() == State.INDEXED
        ? new ClaimResult.Indexed(
            claim,
            stamp,
            entry.mediaType(),
            entry.sha256().orElseThrow(),
            "test-1",
            entry.passages(),
            entry.pages(),
            entry.language(),
            entry.notes(),
            entry.indexedAt().orElseThrow())
        : new ClaimResult.NotIndexed(
            claim,
            entry.state(),
            entry.stage(),
            entry.mediaType(),
            entry.sha256(),
            "test-1",
            entry.reason().orElseThrow(),
            entry.nextRetryAt());
  }

  private Optional<Claim> claim() {
    return ledger.claim("test", Lane.SMALL, Order.OLDEST_FIRST, NOW, LEASE, 1).stream().findFirst();
  }

  private DocumentId appeared(String path) {
    DocumentId id = DocumentId.random();
    FileStamp stamp = new FileStamp(5, NOW, path);
    ledger.record(List.of(new FileChange.Appeared(id, "s", path, stamp, true)), NOW);
    return id;
  }

  private static ClaimResult done(Claim claim) {
    return new ClaimResult.Indexed(
        claim,
        claim.stamp(),
        "text/plain",
        "c".repeat(64),
        "test-1",
        1,
        0,
        Optional.of("en"),
        List.of(),
        NOW);
  }

  @Test
  void a_file_is_claimed_once_until_its_lease_ends() {
    appeared("a");
    assertThat(claim()).isPresent();
    assertThat(claim()).isEmpty();
    Instant later = NOW.plus(LEASE).plusSeconds(1);
    assertThat(ledger.claim("other", Lane.SMALL, Order.OLDEST_FIRST, later, LEASE, 9))
        .extracting(Claim::attempts)
        .containsExactly(2);
  }

  @Test
  void a_file_of_a_held_source_is_not_claimed_until_the_folder_is_back() {
    SourceRecord source = SourceRecord.unseen("s", "/s");
    ledger.configure(List.of(source));
    appeared("a");
    ledger.write(source.hold(false, Phrase.NONE));
    assertThat(claim()).isEmpty();
    assertThat(ledger.claim("test", Lane.SMALL, Order.NEWEST_FIRST, NOW, LEASE, 9)).isEmpty();
    ledger.write(source.scanned("key", NOW, 0, 1));
    assertThat(claim()).isPresent();
  }

  @Test
  void renewing_leases_and_recording_results_in_another_order_do_not_break_each_other()
      throws Exception {
    List<ClaimResult> results = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      appeared("file-" + i);
      results.add(done(claim().orElseThrow()));
    }
    results.sort(
        Comparator.comparing(s -> ((ClaimResult.Indexed) s).claim().id().value()).reversed());
    AtomicBoolean settled = new AtomicBoolean();
    CountDownLatch renewed = new CountDownLatch(1);
    try (ExecutorService renewing = Executors.newSingleThreadExecutor()) {
      Future<Integer> renewals =
          renewing.submit(
              () -> {
                int times = 0;
                while (!settled.get()) {
                  ledger.renew("test", NOW, LEASE);
                  times++;
                  renewed.countDown();
                }
                return times;
              });
      try {
        assertThat(renewed.await(2, TimeUnit.MINUTES)).isTrue();
        for (int epoch = 1; epoch <= 5; epoch++) {
          ledger.recordResults(epoch, results);
        }
      } finally {
        settled.set(true);
      }
      assertThat(renewals.get()).isPositive();
    }
    assertThat(ledger.epoch()).isEqualTo(5);
  }

  @Test
  void an_entry_takes_over_the_version_that_the_index_turned_out_to_hold() {
    DocumentId id = appeared("a");
    ledger.recordResults(1, List.of(done(claim().orElseThrow())));
    ledger.record(List.of(new FileChange.Requeued(id, true)), NOW);
    Claim again = claim().orElseThrow();
    ledger.recordResults(
        2,
        List.of(
            new ClaimResult.Unchanged(
                again,
                again.stamp(),
                "text/markdown",
                "d".repeat(64),
                "test-2",
                7,
                NOW.plusSeconds(9))));
    CatalogEntry entry = ledger.find(id).orElseThrow();
    assertThat(entry.state()).isEqualTo(State.INDEXED);
    assertThat(entry.sha256()).contains("d".repeat(64));
    assertThat(entry.mediaType()).isEqualTo("text/markdown");
    assertThat(entry.passages()).isEqualTo(7);
    assertThat(entry.indexedAt()).contains(NOW.plusSeconds(9));
    assertThat(ledger.at("s", "a").flatMap(KnownFile::fingerprint)).contains("test-2");
  }

  @Test
  void a_file_that_somebody_writes_to_is_not_claimed_until_it_is_stable() {
    DocumentId id = DocumentId.random();
    FileStamp stamp = new FileStamp(5, NOW, "1");
    ledger.record(List.of(new FileChange.Appeared(id, "s", "a", stamp, false)), NOW);
    assertThat(claim()).isEmpty();
    assertThat(ledger.at("s", "a")).map(KnownFile::unstable).contains(true);
    ledger.record(List.of(new FileChange.Stable(id)), NOW);
    assertThat(claim()).isPresent();
  }

  @Test
  void
      a_claim_is_lost_when_the_file_changes_and_the_new_version_is_claimed_after_the_old_is_done() {
    DocumentId id = appeared("a");
    Claim claim = claim().orElseThrow();
    FileStamp stamp = new FileStamp(6, NOW.plusSeconds(1), "a");
    ledger.record(List.of(new FileChange.Changed(id, stamp, true)), NOW);
    assertThat(ledger.holds(claim)).isFalse();
    assertThat(claim()).isEmpty();
    assertThat(ledger.recordResults(1, List.of(done(claim)))).containsExactly(id);
    assertThat(ledger.find(id)).map(CatalogEntry::state).contains(State.PENDING);
    assertThat(claim()).map(Claim::stamp).contains(stamp);
  }

  @Test
  void a_vanished_file_is_in_no_listing_and_its_path_is_free_at_once() {
    DocumentId id = appeared("a");
    ledger.record(List.of(new FileChange.Vanished(id)), NOW);
    assertThat(ledger.find(id)).isEmpty();
    assertThat(ledger.counts(new Filter.All()).total()).isZero();
    DocumentId next = appeared("a");
    List<DocumentId> left = new ArrayList<>();
    ledger.forEach(file -> left.add(file.id()));
    assertThat(left).containsExactlyInAnyOrder(id, next);
    ledger.recordResults(1, List.of(new ClaimResult.Removed(id)));
    left.clear();
    ledger.forEach(file -> left.add(file.id()));
    assertThat(left).containsExactly(next);
  }

  @Test
  void moves_may_exchange_paths() {
    DocumentId one = appeared("one");
    DocumentId other = appeared("other");
    ledger.record(
        List.of(
            new FileChange.Moved(one, "other", stamp("one"), stamp("one")),
            new FileChange.Moved(other, "one", stamp("other"), stamp("other"))),
        NOW);
    assertThat(ledger.at("s", "other")).map(KnownFile::id).contains(one);
    assertThat(ledger.at("s", "one")).map(KnownFile::id).contains(other);
  }

  @Test
  void a_file_that_moved_as_it_was_read_is_not_read_again() {
    DocumentId id = appeared("a");
    ledger.recordResults(1, List.of(done(claim().orElseThrow())));
    ledger.record(List.of(new FileChange.Moved(id, "b", stamp("b"), stamp("a"))), NOW);
    assertThat(ledger.at("s", "b")).map(KnownFile::state).contains(State.INDEXED);
    assertThat(ledger.at("s", "b")).map(KnownFile::stamp).contains(stamp("b"));
  }

  @Test
  void a_moved_file_of_which_another_version_was_recorded_since_the_scan_is_read_again() {
    DocumentId id = appeared("a");
    FileStamp seen = new FileStamp(7, NOW.plusSeconds(1), "a");
    ledger.record(List.of(new FileChange.Changed(id, seen, true)), NOW);
    Claim claim = claim().orElseThrow();
    ClaimResult older =
        new ClaimResult.Indexed(
            claim,
            stamp("elsewhere"),
            "text/plain",
            "c".repeat(64),
            "test-1",
            1,
            0,
            Optional.of("en"),
            List.of(),
            NOW);
    ledger.recordResults(1, List.of(older));
    ledger.record(List.of(new FileChange.Moved(id, "b", seen, seen)), NOW);
    assertThat(ledger.at("s", "b")).map(KnownFile::state).contains(State.PENDING);
    assertThat(claim()).map(Claim::stamp).contains(seen);
  }

  private static FileStamp stamp(String fileKey) {
    return new FileStamp(5, NOW, fileKey);
  }

  @Test
  void changes_are_written_all_or_none() {
    appeared("a");
    FileStamp stamp = new FileStamp(5, NOW, "x");
    assertThatThrownBy(
            () ->
                ledger.record(
                    List.of(
                        new FileChange.Appeared(DocumentId.random(), "s", "b", stamp, true),
                        new FileChange.Appeared(DocumentId.random(), "s", "a", stamp, true)),
                    NOW))
        .isInstanceOf(RuntimeException.class);
    assertThat(ledger.at("s", "b")).isEmpty();
  }

  @Test
  void what_is_below_a_folder_is_found_and_nothing_beside_it() {
    appeared("d/a");
    appeared("d/e/b");
    appeared("d%/c");
    appeared("dd");
    assertThat(ledger.under("s", "d")).extracting(KnownFile::path).containsOnly("d/a", "d/e/b");
    assertThat(ledger.under("s", "d%")).extracting(KnownFile::path).containsOnly("d%/c");
    assertThat(ledger.under("s", "")).hasSize(4);
  }

  @Test
  void the_epoch_only_grows_and_survives_closing() {
    ledger.recordResults(5, List.of());
    ledger.recordResults(3, List.of());
    close();
    open();
    assertThat(ledger.epoch()).isEqualTo(5);
  }

  @Test
  void a_source_keeps_its_memory_and_takes_its_entries_along_when_it_goes() {
    SourceRecord source = SourceRecord.unseen("s", "/folder");
    ledger.configure(List.of(source, SourceRecord.unseen("t", "/other")));
    ledger.write(source.scanned("(dev=1,ino=2)", NOW, 3, 4));
    ledger.write(ledger.source("s").orElseThrow().hold(false, new Phrase("Away.", "不在。")));
    ledger.confirm("s");
    appeared("a");
    SourceRecord read = ledger.source("s").orElseThrow();
    assertThat(read.held()).isTrue();
    assertThat(read.detail()).isEqualTo(new Phrase("Away.", "不在。"));
    ledger.write(new HashRound("s", "a", NOW, false));
    ledger.write(new HashRound("s", "b", NOW, true));
    assertThat(ledger.hashRound("s")).contains(new HashRound("s", "b", NOW, true));
    assertThat(read.confirmed()).isTrue();
    assertThat(read.rootKey()).isEqualTo("(dev=1,ino=2)");
    assertThat(ledger.counts(new Filter.All()).ignored()).isEqualTo(3);
    assertThat(ledger.sources()).extracting("name").containsExactly("s", "t");
    ledger.configure(List.of(SourceRecord.unseen("t", "/other")));
    assertThat(ledger.counts(new Filter.All()).total()).isZero();
    assertThat(ledger.hashRound("s")).isEmpty();
  }

  @Test
  void a_refused_file_is_skipped_with_its_reason_and_may_become_readable() {
    DocumentId id = appeared("a");
    FileStamp stamp = new FileStamp(5, NOW, "x");
    Reason reason = Reason.of(ReasonCode.EXCLUDED);
    ledger.record(List.of(new FileChange.Refused(id, "s", "a", stamp, reason)), NOW);
    assertThat(ledger.find(id)).flatMap(CatalogEntry::reason).contains(reason);
    assertThat(claim()).isEmpty();
    ledger.record(List.of(new FileChange.Changed(id, stamp, true)), NOW);
    assertThat(claim()).isPresent();
  }

  @Test
  void an_interrupted_reader_does_not_close_the_database() {
    DocumentId id = appeared("a");
    for (int i = 0; i < 50; i++) {
      Thread.currentThread().interrupt();
      try {
        ledger.find(id);
      } catch (RuntimeException interrupted) {
        assertThat(interrupted).isNotNull();
      } finally {
        Thread.interrupted();
      }
    }
    assertThat(ledger.find(id)).isPresent();
    assertThat(appeared("b")).isNotNull();
  }

  @Test
  void an_interrupted_wait_for_a_connection_does_not_close_the_database() throws Exception {
    DocumentId id = appeared("a");
    CountDownLatch taken = new CountDownLatch(CatalogConnections.CONNECTIONS);
    CountDownLatch release = new CountDownLatch(1);
    try (ExecutorService readers = Executors.newFixedThreadPool(CatalogConnections.CONNECTIONS)) {
      for (int i = 0; i < CatalogConnections.CONNECTIONS; i++) {
        readers.execute(() -> ledger.forEach(file -> hold(taken, release)));
      }
      try {
        assertThat(taken.await(2, TimeUnit.MINUTES)).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ledger.find(id)).isInstanceOf(RuntimeException.class);
      } finally {
        Thread.interrupted();
        release.countDown();
      }
    }
    assertThat(ledger.isOpen()).isTrue();
    assertThat(ledger.find(id)).isPresent();
  }

  private static void hold(CountDownLatch taken, CountDownLatch release) {
    taken.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void ten_thousand_entries_are_counted_and_claimed_quickly() {
    countAndClaim(10_000);
  }

  @Test
  @Tag("long")
  void a_hundred_thousand_entries_are_counted_and_claimed_quickly() {
    countAndClaim(100_000);
  }

  private void countAndClaim(int entries) {
    List<FileChange> many = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      FileStamp stamp = new FileStamp(i, NOW, "k" + i);
      many.add(
          new FileChange.Appeared(
              DocumentId.random(), "s", String.format("d%03d/f%06d.txt", i % 500, i), stamp, true));
    }
    long start = cpuNanos();
    ledger.record(many, NOW);
    long recorded = cpuNanos();
    assertThat(ledger.counts(new Filter.All()).total()).isEqualTo(entries);
    long counted = cpuNanos();
    assertThat(ledger.counts(new Filter.All()).pending()).isEqualTo(entries);
    long again = cpuNanos();
    assertThat(claim()).isPresent();
    assertThat(ledger.claim("test", Lane.SMALL, Order.NEWEST_FIRST, NOW, LEASE, 1)).hasSize(1);
    long claimed = cpuNanos();
    System.out.printf(
        "%d rows, CPU time: recorded %d ms, counted %d and %d ms, two claimed in %d ms%n",
        entries,
        (recorded - start) / 1_000_000,
        (counted - recorded) / 1_000_000,
        (again - counted) / 1_000_000,
        (claimed - again) / 1_000_000);
    assertThat(Duration.ofNanos(again - counted)).isLessThan(Duration.ofSeconds(1));
    assertThat(Duration.ofNanos(claimed - again)).isLessThan(Duration.ofSeconds(1));
  }

  /** Of this thread, which H2 does its work on: what other programs take does not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
