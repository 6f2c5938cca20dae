package dev.zhiku.ingest.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.TextHash;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.catalog.DocumentCatalog.Page;
import dev.zhiku.ingest.catalog.DocumentCatalog.Query;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the catalogue costs at 10,000, 50,000 and 100,000 files, without parsers, models and index:
 * written down, claimed and settled as the service does it, then listed, counted and opened again.
 * {@code ./mvnw verify -Pfigures -pl ingest -am -Dit.test=CatalogSpeedIT}; other sizes with {@code
 * -Dzhiku.test.files=1000,1000000}.
 */
@Tag("figures")
class CatalogSpeedIT {
  private static final int SLICE = 1_000;
  private static final int GROUP = 256;
  private static final int BATCH = 32;
  private static final int LOOKS = 21;
  private static final int EACH_FAILED = 997;
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  /** As long as the one of a release: readers, splitter, words, two models. */
  private static final String FINGERPRINT =
      "readers-27-tika-3.3.1-poi-5.4.1|split-9|words-6|bge-small-en-v1.5-q@1.18.1/384"
          + "+bge-small-zh-v1.5-q@1.11.0/512";

  @TempDir private Path directory;
  private final DocumentId first = DocumentId.random();
  private long next;

  @Test
  void a_file_costs_the_same_however_many_there_are() throws Exception {
    int[] sizes =
        Arrays.stream(System.getProperty("zhiku.test.files", "10000,50000,100000").split(","))
            .mapToInt(Integer::parseInt)
            .toArray();
    for (int files : sizes) {
      measure(directory.resolve("db-" + files), files);
    }
  }

  private void measure(Path db, int files) throws Exception {
    next = 0;
    System.out.printf(Locale.ROOT, "%d files%n", files);
    try (CatalogFixture fixture = CatalogFixture.open(db)) {
      DocumentLedger ledger = fixture.ledger();
      ledger.configure(List.of(SourceRecord.unseen("knowledge", "/srv/knowledge")));
      write(ledger, files);
      look(ledger, "all waiting");
      settle(ledger, files);
      print("bytes of catalogue a file, open", bytesEach(db, files));
      assertThat(ledger.counts(new Filter.All()).indexed()).isEqualTo(files - files / EACH_FAILED);
      look(ledger, "all settled");
    }
    print("bytes of catalogue a file, closed", bytesEach(db, files));
    long begin = System.nanoTime();
    CatalogDatabase.prepare(db, 0);
    print("ms to open it sealed", millis(begin));
    begin = System.nanoTime();
    CatalogDatabase.prepare(db, 0);
    print("ms to open it after a crash", millis(begin));
  }

  private static double bytesEach(Path db, int files) throws IOException {
    return (double) Files.size(db.resolve("catalog.mv.db")) / files;
  }

  private void write(DocumentLedger ledger, int files) {
    Cost cost = new Cost();
    for (int i = 0; i < files; i += SLICE) {
      List<FileChange> slice = new ArrayList<>();
      for (int j = i; j < Math.min(files, i + SLICE); j++) {
        DocumentId id = j == 0 ? first : DocumentId.random();
        slice.add(new FileChange.Appeared(id, "knowledge", path(j), stamp(j), true));
      }
      ledger.record(slice, NOW.plusMillis(i));
    }
    cost.print("written down", files);
  }

  /** In the order of the folders, as a scan finds them. */
  private static String path(int i) {
    return String.format(
        Locale.ROOT, "team-%03d/2026/%03d/Minutes of meeting %07d.txt", i / 2_500, i / 100, i);
  }

  private static FileStamp stamp(int i) {
    return new FileStamp(
        300 + i % 601, NOW.minusSeconds(i), "(dev=fe01,ino=" + (5_000_000L + i) + ")");
  }

  /** In tenths, the way workers and committer do it. */
  private void settle(DocumentLedger ledger, int files) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    int done = 0;
    for (int tenth = 1; tenth <= 10; tenth++) {
      Cost cost = new Cost();
      long claiming = 0;
      int before = done;
      while (done < (long) files * tenth / 10) {
        List<ClaimResult> results = new ArrayList<>();
        while (results.size() < GROUP && done + results.size() < files) {
          long begin = threads.getCurrentThreadCpuTime();
          List<Claim> claims = claim(ledger, results.size() % (2 * BATCH) == 0);
          claiming += threads.getCurrentThreadCpuTime() - begin;
          for (Claim claim : claims) {
            assertThat(ledger.holds(claim)).isTrue();
            results.add(result(claim));
          }
        }
        assertThat(ledger.recordResults(++next, results)).isEmpty();
        done += results.size();
        ledger.pendingBytes();
        ledger.queue();
      }
      cost.print("settled, tenth " + tenth, done - before);
      print("  of it claiming, us a file", claiming / 1_000.0 / (done - before));
    }
  }

  private List<Claim> claim(DocumentLedger ledger, boolean oldest) {
    Order order = oldest ? Order.OLDEST_FIRST : Order.NEWEST_FIRST;
    return ledger.claim("local", Lane.SMALL, order, NOW.plusSeconds(3600), LEASE, BATCH);
  }

  private ClaimResult result(Claim claim) {
    int i = Integer.parseInt(claim.path().replaceAll(".* (\\d+)\\.txt", "$1"));
    if (i % EACH_FAILED == EACH_FAILED - 1) {
      return new ClaimResult.NotIndexed(
          claim,
          State.FAILED,
          Stage.EXTRACTING,
          "text/plain",
          Optional.of(sha(i)),
          FINGERPRINT,
          new Reason(ReasonCode.UNREADABLE, ""),
          Optional.empty());
    }
    return new ClaimResult.Indexed(
        claim,
        claim.stamp(),
        "text/plain",
        sha(i),
        FINGERPRINT,
        1 + i % 3,
        0,
        Optional.of("en"),
        List.of(),
        NOW);
  }

  private static String sha(int i) {
    return TextHash.of("file " + i).hex();
  }

  private void look(DocumentLedger ledger, String when) {
    System.out.println(" " + when + ", median ms of processor time:");
    Query first = query(Optional.empty(), Optional.empty(), Optional.empty());
    time(ledger, "a page of the list", () -> ledger.list(first));
    Page page = ledger.list(first);
    for (int i = 0; i < 20; i++) {
      page = ledger.list(query(Optional.empty(), Optional.empty(), page.nextCursor()));
    }
    Query later = query(Optional.empty(), Optional.empty(), page.nextCursor());
    time(ledger, "a later page", () -> ledger.list(later));
    for (State state : State.values()) {
      Query only = query(Optional.of(state), Optional.empty(), Optional.empty());
      time(ledger, "a page of " + state, () -> ledger.list(only));
    }
    Query many = query(Optional.empty(), Optional.of("minutes"), Optional.empty());
    time(ledger, "a name that all have", () -> ledger.list(many));
    Query one = query(Optional.empty(), Optional.of("0000777.T"), Optional.empty());
    time(ledger, "a name that one has", () -> ledger.list(one));
    Query none = query(Optional.empty(), Optional.of("nobody has it"), Optional.empty());
    time(ledger, "a name that none has", () -> ledger.list(none));
    time(ledger, "counts of all", () -> ledger.counts(new Filter.All()));
    time(ledger, "counts of a source", () -> ledger.counts(new Filter.Source("knowledge")));
    time(ledger, "queue", ledger::queue);
    time(ledger, "bytes that wait", ledger::pendingBytes);
    time(
        ledger,
        "leases renewed",
        () -> {
          ledger.renew("local", NOW, LEASE);
          return 0;
        });
    time(
        ledger,
        "compared, rows read",
        () -> {
          ledger.forEach(row -> {});
          return 0;
        });
  }

  private static Query query(Optional<State> state, Optional<String> text, Optional<String> after) {
    return new Query(
        new Filter.All(),
        state,
        text,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        after,
        50);
  }

  private interface Looking {
    Object look();
  }

  /**
   * Processor time of the thread, which H2 works on: what other programs take does not count. A row
   * is changed before each look, for H2 keeps the result of a statement while nothing changes.
   */
  private void time(DocumentLedger ledger, String what, Looking looking) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Double> times = new ArrayList<>();
    long all = System.nanoTime();
    while (times.size() < LOOKS && (times.size() < 5 || millis(all) < 3_000)) {
      ledger.record(List.of(new FileChange.Changed(first, stamp(times.size()), true)), NOW);
      long begin = threads.getCurrentThreadCpuTime();
      looking.look();
      times.add((threads.getCurrentThreadCpuTime() - begin) / 1e6);
    }
    times.sort(null);
    print("  " + what, times.get(times.size() / 2));
  }

  private static double millis(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }

  private static void print(String what, double figure) {
    System.out.printf(Locale.ROOT, "  %-44s %10.2f%n", what, figure);
  }

  /** Time and processor time of the whole process. */
  private static final class Cost {
    private final long begin = System.nanoTime();
    private final long cpu = cpu();

    private static long cpu() {
      return ((com.sun.management.OperatingSystemMXBean)
              ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }

    void print(String what, int files) {
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "  %-44s %10.0f a second, %.0f us of processor time each%n",
          what,
          files / seconds,
          TimeUnit.NANOSECONDS.toMicros(cpu() - cpu) / (double) files);
    }
  }
}
