package dev.zhiku.ingest.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.words.SearchText;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog.Page;
import dev.zhiku.ingest.catalog.DocumentCatalog.Query;
import dev.zhiku.ingest.catalog.DocumentCatalog.Sorting;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedListingTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
  private static final Comparator<CatalogEntry> BY_PATH =
      Comparator.comparing(CatalogEntry::source).thenComparing(CatalogEntry::path);

  @TempDir private Path directory;
  private CatalogFixture fixture;

  @BeforeEach
  void open() {
    fixture = CatalogFixture.open(directory);
    Random random = new Random(7);
    List<FileChange> files = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      FileStamp stamp =
          new FileStamp(random.nextInt(9), NOW.plusSeconds(random.nextInt(9)), "k" + i);
      String path = (i % 3 == 0 ? "b/" : i % 3 == 1 ? "a/c/" : "") + (i % 2 == 0 ? "Ä" : "b") + i;
      files.add(
          new FileChange.Appeared(DocumentId.random(), i % 5 == 0 ? "t" : "s", path, stamp, true));
    }
    fixture.ledger().record(files, NOW);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Query query(Sorting sorting, Filter visible, Optional<String> cursor, int limit) {
    Optional<String> any = Optional.empty();
    return new Query(
        visible, Optional.empty(), any, any, any, any, Optional.of(sorting), cursor, limit);
  }

  private List<CatalogEntry> all(Sorting sorting, Filter visible, int limit) {
    List<CatalogEntry> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page page = fixture.ledger().list(query(sorting, visible, cursor, limit));
      found.addAll(page.entries());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return found;
  }

  private static Comparator<CatalogEntry> order(Sorting.Key key) {
    return switch (key) {
      case NAME -> Comparator.comparing(entry -> SearchText.normalize(entry.name()));
      case MODIFIED -> Comparator.comparing(CatalogEntry::modifiedAt);
      case TYPE -> Comparator.comparing(CatalogEntry::mediaType);
      case STATE -> Comparator.comparing(entry -> entry.state().name());
      case SIZE -> Comparator.comparing(CatalogEntry::size);
    };
  }

  @Test
  void every_order_goes_page_by_page_through_every_document_once() {
    for (Sorting.Key key : Sorting.Key.values()) {
      for (boolean descending : List.of(true, false)) {
        Comparator<CatalogEntry> order = descending ? order(key).reversed() : order(key);
        List<CatalogEntry> found = all(new Sorting(key, descending), new Filter.All(), 7);

        assertThat(found).as("%s %s", key, descending).hasSize(60).doesNotHaveDuplicates();
        assertThat(found).isSortedAccordingTo(order.thenComparing(BY_PATH));
      }
    }
  }

  @Test
  void only_what_the_filter_lets_through_is_sorted() {
    Filter late =
        new Filter.Modified(Optional.of(NOW.plus(Duration.ofSeconds(5))), Optional.empty());

    assertThat(all(new Sorting(Sorting.Key.SIZE, false), late, 4))
        .isNotEmpty()
        .allMatch(entry -> !entry.modifiedAt().isBefore(NOW.plusSeconds(5)));
  }

  @Test
  void a_cursor_of_another_order_is_refused() {
    Sorting bySize = new Sorting(Sorting.Key.SIZE, false);
    String cursor =
        fixture
            .ledger()
            .list(query(bySize, new Filter.All(), Optional.empty(), 5))
            .nextCursor()
            .orElseThrow();

    for (Sorting other :
        List.of(new Sorting(Sorting.Key.SIZE, true), new Sorting(Sorting.Key.NAME, false))) {
      assertThatThrownBy(
              () -> fixture.ledger().list(query(other, new Filter.All(), Optional.of(cursor), 5)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Query unsorted =
        new Query(
            new Filter.All(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(cursor),
            5);
    assertThatThrownBy(() -> fixture.ledger().list(unsorted))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
