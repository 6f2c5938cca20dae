package dev.zhiku.ingest.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.DocumentCatalog.Counts;
import dev.zhiku.ingest.catalog.DocumentCatalog.Query;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalogue with the schema of release 0.1, opened by this one. */
class CatalogMigrationTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  @BeforeEach
  void makeAsBefore() throws SQLException {
    String url = CatalogDatabase.url(directory);
    Flyway.configure()
        .dataSource(url, CatalogDatabase.USER, "")
        .locations("classpath:db/catalog/migration")
        .target("5")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url, CatalogDatabase.USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update ledger set epoch = 7, passages_per_second = 3.5, eta_ms = 900, paused = true");
      put(statement, 1, "a/waiting.txt", "PENDING", 10, 0, NOW.toEpochMilli(), null, false);
      put(statement, 2, "a/claimed.txt", "PENDING", 20, 0, NOW.toEpochMilli(), 1L, false);
      put(statement, 3, "b/indexed.txt", "INDEXED", 30, 4, null, null, false);
      put(statement, 4, "b/again.txt", "INDEXED", 40, 5, NOW.toEpochMilli(), null, false);
      put(statement, 5, "c/failed.txt", "FAILED", 50, 0, null, null, false);
      put(statement, 6, "c/skipped.txt", "SKIPPED", 60, 0, null, null, false);
      put(statement, 7, "/" + id(7), "INDEXED", 70, 9, null, null, true);
    }
  }

  private static String id(int number) {
    return "d_%022d".formatted(number);
  }

  private static void put(
      Statement statement,
      int number,
      String path,
      String state,
      long size,
      int passages,
      @Nullable Long due,
      @Nullable Long leaseUntil,
      boolean removing)
      throws SQLException {
    String reason = state.equals("FAILED") || state.equals("SKIPPED") ? "'no-text'" : "null";
    statement.execute(
        "insert into documents values ('%s', 's', '%s', '%s', 'text/plain', %d, 1000, 'k%s', null,"
                .formatted(id(number), path, path, size, number)
            + " null, '%s', 'DONE', %s, null, '', %d, 0, null, null, 0, 'SMALL', %s, %s, %s, 0, 0, %s)"
                .formatted(
                    state,
                    reason,
                    passages,
                    due,
                    leaseUntil == null ? "null" : "'local'",
                    leaseUntil,
                    removing));
  }

  @Test
  void everything_is_there_counted_and_can_be_claimed() {
    try (CatalogFixture fixture = CatalogFixture.open(directory, 7)) {
      DocumentLedger ledger = fixture.ledger();
      assertThat(fixture.damage()).isEmpty();
      assertThat(ledger.epoch()).isEqualTo(7);
      assertThat(ledger.counts(new Filter.All())).isEqualTo(new Counts(2, 1, 1, 2, 0, 9));
      assertThat(ledger.queue().paused()).isTrue();
      assertThat(ledger.queue().depth()).isEqualTo(2);
      assertThat(ledger.pendingBytes()).isEqualTo(30);
      assertThat(ledger.list(query(Optional.empty())).entries())
          .extracting(CatalogEntry::path)
          .containsExactly(
              "a/claimed.txt",
              "a/waiting.txt",
              "b/again.txt",
              "b/indexed.txt",
              "c/failed.txt",
              "c/skipped.txt");
      assertThat(ledger.list(query(Optional.of(State.FAILED))).entries())
          .extracting(CatalogEntry::path)
          .containsExactly("c/failed.txt");
      ledger.releaseLeases("local");
      assertThat(ledger.claim("local", Lane.SMALL, Order.OLDEST_FIRST, NOW, LEASE, 9))
          .extracting(Claim::path)
          .containsExactlyInAnyOrder("a/waiting.txt", "a/claimed.txt", "b/again.txt");
      assertThat(ledger.counts(new Filter.All())).isEqualTo(new Counts(1, 1, 1, 3, 0, 9));
    }
  }

  private static Query query(Optional<State> state) {
    return new Query(
        new Filter.All(),
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        50);
  }
}
