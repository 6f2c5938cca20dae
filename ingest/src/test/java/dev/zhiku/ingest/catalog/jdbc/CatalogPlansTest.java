package dev.zhiku.ingest.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether what is asked often walks an index, in its order, whatever the rows are. */
class CatalogPlansTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final int FILES = 3_000;
  private static final String SORTED = "/* index sorted */";

  @TempDir private Path directory;
  private CatalogFixture fixture;

  @BeforeEach
  void open() {
    fixture = CatalogFixture.open(directory);
    List<FileChange> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      FileStamp stamp = new FileStamp(i % 600, NOW, "k" + i);
      files.add(new FileChange.Appeared(DocumentId.random(), "s", "f" + i, stamp, true));
    }
    fixture.ledger().record(files, NOW);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void files_that_are_due_are_claimed_from_an_index_while_all_wait_and_when_half_are_done()
      throws SQLException {
    assertThatClaimsWalkTheirIndex();
    settleHalf(fixture.ledger());
    assertThatClaimsWalkTheirIndex();
  }

  private static void settleHalf(DocumentLedger ledger) {
    List<ClaimResult> results = new ArrayList<>();
    for (Claim claim :
        ledger.claim("w", Lane.SMALL, Order.NEWEST_FIRST, NOW, Duration.ofMinutes(1), FILES / 2)) {
      results.add(
          new ClaimResult.Unchanged(
              claim, claim.stamp(), "text/plain", "c".repeat(64), "v", 1, NOW));
    }
    assertThat(ledger.recordResults(1, results)).isEmpty();
  }

  private void assertThatClaimsWalkTheirIndex() throws SQLException {
    long now = NOW.toEpochMilli();
    String condition = "due_ms >= CAST(0 AS BIGINT) AND due_ms <= ?2 AND lane = ?1";
    for (String claim : List.of(DocumentRows.OLDEST_DUE, DocumentRows.NEWEST_DUE)) {
      assertThat(plan(claim, "SMALL", now, 32))
          .contains("documents_due: " + condition, "lease_until_ms = CAST(0 AS BIGINT) */", SORTED);
    }
    assertThat(plan(DocumentRows.LEASE_OVER, "SMALL", now, now, 32))
        .contains("documents_due: ", "lease_until_ms < ?2", SORTED);
  }

  @Test
  void a_page_of_the_list_begins_in_an_index_where_the_last_page_ended() throws SQLException {
    FilterSql all = after(Optional.empty());
    assertThat(plan(DocumentListing.sql(all, false, 51), all.parameters().toArray()))
        .contains("documents_by_path: removing = FALSE AND source = ?1 AND path > ?2", SORTED);
    settleHalf(fixture.ledger());
    FilterSql waiting = after(Optional.of("PENDING"));
    assertThat(plan(DocumentListing.sql(waiting, true, 51), waiting.parameters().toArray()))
        .contains("documents_by_state: path > ?3 AND source = ?1 AND state = ?2", SORTED);
  }

  private static FilterSql after(Optional<String> state) {
    FilterSql condition = new FilterSql().and("source = ?", "s");
    state.ifPresent(name -> condition.and("state = ?", name));
    return condition.and("path > ?", "f2").and("removing = false");
  }

  private String plan(String statement, Object... values) throws SQLException {
    String sql = statement.replaceAll(":\\w+", "?");
    try (Connection connection =
            DriverManager.getConnection(CatalogDatabase.url(directory), CatalogDatabase.USER, "");
        PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
      for (int i = 0; i < values.length; i++) {
        explain.setObject(i + 1, values[i]);
      }
      try (ResultSet row = explain.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1).replaceAll("\\s+", " ");
      }
    }
  }
}
