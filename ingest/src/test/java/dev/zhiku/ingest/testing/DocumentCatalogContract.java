package dev.zhiku.ingest.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.catalog.DocumentCatalog.Counts;
import dev.zhiku.ingest.catalog.DocumentCatalog.Page;
import dev.zhiku.ingest.catalog.DocumentCatalog.Query;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every catalogue does when it is read. */
public abstract class DocumentCatalogContract {
  private static final Instant WRITTEN = Instant.parse("2026-03-01T08:00:00.123456789Z");
  private static final Instant INDEXED = Instant.parse("2026-03-01T08:00:05Z");
  private static final Filter ALL = new Filter.All();

  /** A catalogue that holds these entries and no others. */
  protected abstract DocumentCatalog holding(List<CatalogEntry> entries) throws Exception;

  protected static CatalogEntry indexed(String source, String path) {
    return new CatalogEntry(
        DocumentId.random(),
        source,
        path,
        "text/plain",
        120,
        Optional.of("a".repeat(64)),
        State.INDEXED,
        Stage.DONE,
        Optional.empty(),
        List.of(new Phrase("Pages 4 to 8 have no text.", "第 4 至 8 页没有文字。")),
        3,
        12,
        Optional.of("zh"),
        WRITTEN,
        Optional.of(INDEXED),
        1,
        Optional.empty(),
        7);
  }

  protected static CatalogEntry failed(String source, String path) {
    return new CatalogEntry(
        DocumentId.random(),
        source,
        path,
        "application/pdf",
        9_000,
        Optional.of("b".repeat(64)),
        State.FAILED,
        Stage.EXTRACTING,
        Optional.of(new Reason(ReasonCode.PARSE_TIMEOUT, "60 s")),
        List.of(),
        0,
        0,
        Optional.empty(),
        WRITTEN,
        Optional.empty(),
        1,
        Optional.of(INDEXED.plusSeconds(600)),
        0);
  }

  protected static CatalogEntry pending(String source, String path) {
    return new CatalogEntry(
        DocumentId.random(),
        source,
        path,
        "application/octet-stream",
        10,
        Optional.empty(),
        State.PENDING,
        Stage.WAITING,
        Optional.empty(),
        List.of(),
        0,
        0,
        Optional.empty(),
        WRITTEN,
        Optional.empty(),
        0,
        Optional.empty(),
        0);
  }

  private static Query query(Filter visible, int limit) {
    return new Query(
        visible,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        limit);
  }

  private static Query text(String text) {
    return new Query(
        ALL,
        Optional.empty(),
        Optional.of(text),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        100);
  }

  private static List<String> paths(Page page) {
    return page.entries().stream().map(CatalogEntry::path).toList();
  }

  @Test
  void an_entry_is_found_by_its_id_with_all_that_is_known() throws Exception {
    CatalogEntry good = indexed("hr", "年假/员工手册.txt");
    CatalogEntry bad = failed("hr", "scan.pdf");
    DocumentCatalog catalog = holding(List.of(good, bad));
    assertThat(catalog.find(good.id())).contains(good);
    assertThat(catalog.find(bad.id())).contains(bad);
    assertThat(catalog.find(DocumentId.random())).isEmpty();
  }

  @Test
  void a_listing_is_ordered_by_source_and_path_and_goes_on_where_it_ended() throws Exception {
    List<CatalogEntry> entries = new ArrayList<>();
    for (int i = 9; i >= 0; i--) {
      entries.add(indexed(i % 2 == 0 ? "b" : "a", "f" + i + ".txt"));
    }
    DocumentCatalog catalog = holding(entries);
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Query part =
          new Query(
              ALL,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              cursor,
              3);
      Page page = catalog.list(part);
      seen.addAll(paths(page));
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    assertThat(seen)
        .containsExactly(
            "f1.txt", "f3.txt", "f5.txt", "f7.txt", "f9.txt", "f0.txt", "f2.txt", "f4.txt",
            "f6.txt", "f8.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "not/base64!", "\u0000", ""})
  void what_is_no_cursor_of_a_listing_is_refused(String cursor) throws Exception {
    DocumentCatalog catalog = holding(List.of(indexed("a", "1")));
    Query query =
        new Query(
            ALL,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(cursor),
            3);
    assertThatThrownBy(() -> catalog.list(query)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_full_last_page_has_no_next() throws Exception {
    DocumentCatalog catalog = holding(List.of(indexed("a", "1"), indexed("a", "2")));
    assertThat(catalog.list(query(ALL, 2)).nextCursor()).isEmpty();
  }

  @Test
  void text_is_looked_for_in_paths_without_regard_to_case_and_signs_mean_themselves()
      throws Exception {
    DocumentCatalog catalog =
        holding(
            List.of(
                indexed("a", "Handbook/Part_1.txt"),
                indexed("a", "handbook/part-1.txt"),
                indexed("a", "100%.txt"),
                indexed("a", "员工手册.pdf")));
    assertThat(paths(catalog.list(text("HANDBOOK")))).hasSize(2);
    assertThat(paths(catalog.list(text("part_1")))).containsExactly("Handbook/Part_1.txt");
    assertThat(paths(catalog.list(text("100%")))).containsExactly("100%.txt");
    assertThat(paths(catalog.list(text("手册")))).containsExactly("员工手册.pdf");
    assertThat(paths(catalog.list(text("' or true --")))).isEmpty();
  }

  @Test
  void state_source_path_and_prefix_narrow_a_listing() throws Exception {
    DocumentCatalog catalog =
        holding(List.of(indexed("a", "x/1.txt"), failed("a", "x/2.txt"), pending("b", "x/1.txt")));
    Optional<String> none = Optional.empty();
    assertThat(
            catalog
                .list(new Query(ALL, Optional.of(State.FAILED), none, none, none, none, none, 10))
                .entries())
        .hasSize(1);
    assertThat(
            catalog
                .list(
                    new Query(
                        ALL,
                        Optional.empty(),
                        none,
                        Optional.of("b"),
                        Optional.of("x/"),
                        Optional.of("x/1.txt"),
                        none,
                        10))
                .entries())
        .singleElement()
        .extracting(CatalogEntry::state)
        .isEqualTo(State.PENDING);
  }

  @Test
  void only_what_may_be_seen_is_listed_and_counted() throws Exception {
    CatalogEntry one = indexed("a", "x/1.txt");
    DocumentCatalog catalog =
        holding(List.of(one, failed("a", "y%/2.pdf"), pending("b", "x/1.txt")));
    assertThat(catalog.counts(ALL)).isEqualTo(new Counts(1, 1, 0, 1, 0, 3));
    assertThat(catalog.counts(ALL).total()).isEqualTo(3);
    assertThat(seen(catalog, new Filter.None())).isZero();
    assertThat(seen(catalog, new Filter.Source("a"))).isEqualTo(2);
    assertThat(seen(catalog, new Filter.PathPrefix("x/"))).isEqualTo(2);
    assertThat(seen(catalog, new Filter.PathPrefix("y%/"))).isEqualTo(1);
    assertThat(seen(catalog, new Filter.Paths(Set.of("x/1.txt")))).isEqualTo(2);
    assertThat(seen(catalog, new Filter.Documents(Set.of(one.id())))).isEqualTo(1);
    assertThat(seen(catalog, new Filter.MediaTypes(Set.of("application/pdf")))).isEqualTo(1);
    assertThat(seen(catalog, new Filter.Labels(Set.of("secret")))).isZero();
    assertThat(seen(catalog, new Filter.AllOf(List.of()))).isEqualTo(3);
    assertThat(seen(catalog, new Filter.AnyOf(List.of()))).isZero();
    assertThat(
            seen(
                catalog,
                new Filter.AllOf(List.of(new Filter.Source("a"), new Filter.PathPrefix("x/")))))
        .isEqualTo(1);
    assertThat(seen(catalog, new Filter.Not(new Filter.Source("a")))).isEqualTo(1);
    assertThat(
            seen(
                catalog,
                new Filter.AllOf(
                    List.of(
                        new Filter.PathPrefix("x/"),
                        new Filter.Not(
                            new Filter.AllOf(
                                List.of(new Filter.Source("b"), new Filter.PathPrefix("x/"))))))))
        .isEqualTo(1);
    assertThat(seen(catalog, new Filter.Modified(Optional.of(WRITTEN), Optional.of(INDEXED))))
        .isEqualTo(3);
    assertThat(seen(catalog, new Filter.Modified(Optional.of(INDEXED), Optional.empty()))).isZero();
  }

  private static long seen(DocumentCatalog catalog, Filter visible) {
    long counted = catalog.counts(visible).total();
    assertThat(catalog.list(query(visible, 100)).entries()).hasSize((int) counted);
    return counted;
  }
}
