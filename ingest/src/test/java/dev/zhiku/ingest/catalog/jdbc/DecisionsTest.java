package dev.zhiku.ingest.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.index.testing.FileDamage;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator decided outlives the catalogue. */
class DecisionsTest {
  private static final long EPOCH = 7;
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final SourceRecord HELD =
      SourceRecord.unseen("人事 a=b", "/mnt/人事")
          .scanned("64769:12", NOW, 1, 3)
          .hold(true, new Phrase("It is empty.\nTwo lines.", "是空的。"));

  @TempDir private Path db;

  private void decide() {
    try (CatalogFixture catalogue = CatalogFixture.open(db)) {
      catalogue.ledger().configure(List.of(HELD, SourceRecord.unseen("b", "/srv/b")));
      catalogue.ledger().write(HELD);
      catalogue.ledger().confirm("b");
      catalogue.ledger().recordResults(EPOCH, List.of());
      catalogue.ledger().pause(true);
    }
  }

  private interface Loss {
    void happens(Path file) throws IOException;
  }

  private void assertKept(Loss loss) throws IOException {
    decide();
    loss.happens(db.resolve("catalog.mv.db"));
    try (CatalogFixture catalogue = CatalogFixture.open(db, EPOCH)) {
      assertThat(catalogue.damage()).isPresent();
      assertThat(catalogue.ledger().queue().paused()).isTrue();
      SourceRecord held = catalogue.ledger().source(HELD.name()).orElseThrow();
      assertThat(held.held()).isTrue();
      assertThat(held.root()).isEqualTo(HELD.root());
      assertThat(held.rootKey()).isEqualTo(HELD.rootKey());
      assertThat(held.detail()).isEqualTo(HELD.detail());
      assertThat(catalogue.ledger().source("b").orElseThrow().confirmed()).isTrue();
    }
  }

  @Test
  void a_deleted_catalogue_leaves_the_pause_and_the_held_source() throws IOException {
    assertKept(Files::delete);
  }

  @Test
  void so_does_a_truncated_one() throws IOException {
    assertKept(file -> FileDamage.TRUNCATED.strike(file, new Random(1)));
  }

  @Test
  void so_does_an_empty_one() throws IOException {
    assertKept(file -> Files.write(file, new byte[0]));
  }

  @Test
  void a_damaged_file_of_decisions_gives_way_to_the_one_before() throws IOException {
    DecisionsFile file = new DecisionsFile(db);
    file.write(new DecisionsFile.Content(true, Map.of()));
    file.write(new DecisionsFile.Content(false, Map.of()));
    Files.writeString(file.file(), Files.readString(file.file()).replace("false", "falze"));

    assertThat(file.read().paused()).isTrue();
    Files.write(file.before(), new byte[0]);
    assertThat(file.read()).isEqualTo(DecisionsFile.Content.NONE);
  }

  @Test
  void scans_that_find_nothing_new_do_not_write_the_file_again() throws IOException {
    decide();
    Path file = db.resolve("decisions.properties");
    Object before = Files.readAttributes(file, "unix:ino,lastModifiedTime").toString();
    try (CatalogFixture catalogue = CatalogFixture.open(db, EPOCH)) {
      catalogue.ledger().write(HELD.withIgnored(9));
    }
    assertThat(Files.readAttributes(file, "unix:ino,lastModifiedTime").toString())
        .isEqualTo(before);
  }
}
