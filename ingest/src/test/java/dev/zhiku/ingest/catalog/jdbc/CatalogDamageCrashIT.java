package dev.zhiku.ingest.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.testing.FileDamage;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue's file, damaged while it is closed. */
class CatalogDamageCrashIT {
  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_120L);
  private static final int FILES = 500;
  private static final long EPOCH = 7;
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @TempDir private Path directory;
  private Path db;
  private Path whole;
  private final Random random = new Random(SEED);

  @BeforeEach
  void prepare() throws IOException {
    db = directory.resolve("db");
    whole = directory.resolve("whole");
    try (CatalogFixture catalogue = CatalogFixture.open(db)) {
      List<FileChange> files = new ArrayList<>();
      for (int i = 0; i < FILES; i++) {
        files.add(
            new FileChange.Appeared(
                DocumentId.random(), "files", "f" + i, new FileStamp(i, NOW, "k" + i), true));
      }
      catalogue.ledger().record(files, NOW);
      catalogue.ledger().settle(EPOCH, List.of());
    }
    copy(db, whole);
  }

  @Test
  void a_dozen_damaged_files_are_found() throws IOException {
    strike(4);
  }

  @Test
  @Tag("soak")
  void a_hundred_files_cut_zeroed_and_flipped_each_are_found() throws IOException {
    strike(100);
  }

  private void strike(int each) throws IOException {
    System.out.println("seed " + SEED);
    Map<FileDamage, Integer> found = new EnumMap<>(FileDamage.class);
    for (FileDamage kind : List.of(FileDamage.TRUNCATED, FileDamage.ZEROED, FileDamage.FLIPPED)) {
      while (found.getOrDefault(kind, 0) < each) {
        copy(whole, db);
        if (kind.strike(db.resolve("catalog.mv.db"), random)) {
          assertThat(CatalogDatabase.prepare(db, EPOCH).damage())
              .as(kind + " of seed " + SEED)
              .isPresent();
          assertThat(aside()).hasSize(1);
          found.merge(kind, 1, Integer::sum);
        }
      }
    }
    System.out.println("damaged and found: " + found);
  }

  @Test
  void an_undamaged_file_is_opened_with_everything_in_it() throws IOException {
    assertThat(CatalogDatabase.prepare(db, EPOCH).damage()).isEmpty();
    try (CatalogFixture catalogue = CatalogFixture.open(db, EPOCH)) {
      assertThat(catalogue.damage()).isEmpty();
      assertThat(catalogue.ledger().under("files", "")).hasSize(FILES);
    }
    assertThat(aside()).isEmpty();
  }

  @Test
  void one_commit_behind_the_index_is_what_a_kill_leaves_and_no_damage() {
    assertThat(CatalogDatabase.prepare(db, EPOCH + 1).damage()).isEmpty();
    assertThat(CatalogDatabase.prepare(db, EPOCH + 2).damage().orElseThrow())
        .contains("it ends at epoch 7, the index at 9");
  }

  @Test
  void a_catalogue_that_is_still_open_is_not_sealed() throws IOException {
    try (CatalogFixture catalogue = CatalogFixture.open(db, EPOCH)) {
      CatalogDatabase.seal(db);
      assertThat(db.resolve("catalog.seal")).doesNotExist();
      assertThat(catalogue.ledger().epoch()).isEqualTo(EPOCH);
    }
    assertThat(db.resolve("catalog.seal")).exists();
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> files = Files.list(db)) {
      return files.filter(file -> file.toString().contains(".damaged-")).toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      files.forEach(file -> copyFile(file, to.resolve(file.getFileName())));
    }
  }

  private static void copyFile(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
