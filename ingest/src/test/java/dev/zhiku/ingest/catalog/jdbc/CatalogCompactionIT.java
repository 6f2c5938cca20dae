package dev.zhiku.ingest.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room of overwritten rows is used again while the file is open, and no row is lost by it. */
@Tag("long")
class CatalogCompactionIT {
  private static final int FILES = 800;
  private static final int ROUNDS = 160;
  private static final int CHANGED = 24;
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @TempDir private Path home;
  private final long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final TreeMap<DocumentId, Long> sizes = new TreeMap<>();

  @Test
  void the_file_grows_no_further_and_holds_every_row() throws Exception {
    System.out.println("seed " + seed);
    long left = changed(home.resolve("left"), false);
    sizes.clear();
    long compacted = changed(home.resolve("compacted"), true);
    assertThat(compacted).isLessThan(left / 3);
  }

  /** The bytes of a catalogue whose rows were changed at random, while others read it. */
  private long changed(Path db, boolean compacting) throws Exception {
    long bytes;
    try (CatalogFixture fixture = CatalogFixture.open(db);
        ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor()) {
      DocumentLedger ledger = fixture.ledger();
      overwriteAtOnce(db);
      ledger.configure(List.of(SourceRecord.unseen("s", "/s")));
      ledger.record(files(), NOW);
      Future<?> reading =
          reader.scheduleWithFixedDelay(
              () -> assertThat(ledger.counts(new Filter.All()).pending()).isEqualTo(FILES),
              0,
              50,
              TimeUnit.MILLISECONDS);
      List<DocumentId> ids = List.copyOf(sizes.keySet());
      for (int round = 0; round < ROUNDS; round++) {
        change(ledger, ids);
        if (compacting && round % 4 == 0) {
          ledger.compact();
        }
      }
      assertThat(reading.isDone()).as("every read saw all rows").isFalse();
      assertThatAllAreThere(ledger);
      bytes = Files.size(db.resolve("catalog.mv.db"));
      CatalogDatabase.letGo(db);
    }
    try (CatalogFixture fixture = CatalogFixture.open(db)) {
      assertThat(fixture.damage()).isEmpty();
      assertThatAllAreThere(fixture.ledger());
    }
    return bytes;
  }

  /** H2 otherwise keeps dead parts for 45 s. */
  private static void overwriteAtOnce(Path db) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(CatalogDatabase.url(db), CatalogDatabase.USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute("set retention_time 0");
    }
  }

  private List<FileChange> files() {
    List<FileChange> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      DocumentId id = DocumentId.random();
      sizes.put(id, (long) i);
      files.add(new FileChange.Appeared(id, "s", "folder/file " + i + ".txt", stamp(i), true));
    }
    return files;
  }

  private void change(DocumentLedger ledger, List<DocumentId> ids) {
    List<FileChange> changes = new ArrayList<>();
    for (int i = 0; i < CHANGED; i++) {
      DocumentId id = ids.get(random.nextInt(ids.size()));
      long size = random.nextInt(100_000);
      sizes.put(id, size);
      changes.add(new FileChange.Changed(id, stamp(size), true));
    }
    ledger.record(changes, NOW);
  }

  private static FileStamp stamp(long size) {
    return new FileStamp(size, NOW, "inode " + size);
  }

  private void assertThatAllAreThere(DocumentLedger ledger) {
    TreeMap<DocumentId, Long> found = new TreeMap<>();
    ledger.forEach(file -> found.put(file.id(), file.stamp().size()));
    assertThat(found).isEqualTo(sizes);
  }
}
