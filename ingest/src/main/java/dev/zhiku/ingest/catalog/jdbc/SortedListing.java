package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.DocumentCatalog.Page;
import dev.zhiku.ingest.catalog.DocumentCatalog.Query;
import dev.zhiku.ingest.catalog.DocumentCatalog.Sorting;
import java.util.List;
import java.util.Optional;

/**
 * Pages of documents in another order than that of an index. The database compares every document
 * that matches and reads on after the last one of the page before, so that nothing is shown twice
 * when documents come or go.
 */
final class SortedListing {
  /** Of the path, what stands behind its last slash. */
  private static final String NAME = "regexp_substr(path_folded, '[^/]*$')";

  private SortedListing() {}

  /**
   * @throws IllegalArgumentException if the cursor is not of this sorting
   */
  static Page list(CatalogTransactions transactions, Query query, Sorting sorting) {
    Optional<SortedCursor> after = query.cursor().map(cursor -> SortedCursor.read(cursor, sorting));
    FilterSql condition = new FilterSql().and("removing = false").accept(query.visible());
    query.state().ifPresent(state -> condition.and("state = ?", state.name()));
    query.source().ifPresent(source -> condition.and("source = ?", source));
    DocumentListing.narrow(condition, query);
    after.ifPresent(last -> goOn(condition, sorting, last));
    List<DocumentRow> found =
        transactions.read(
            () ->
                transactions.select(
                    sql(condition, sorting, query.limit() + 1), condition, transactions::document));
    boolean more = found.size() > query.limit();
    List<DocumentRow> shown = more ? found.subList(0, query.limit()) : found;
    return new Page(
        shown.stream().map(DocumentRow::entry).toList(),
        more ? Optional.of(SortedCursor.of(shown.getLast(), sorting).write()) : Optional.empty());
  }

  private static void goOn(FilterSql condition, Sorting sorting, SortedCursor last) {
    String key = column(sorting);
    condition.and(
        "(%s %s ? or %s = ? and (source > ? or source = ? and path > ?))"
            .formatted(key, sorting.descending() ? "<" : ">", key),
        last.value(),
        last.value(),
        last.source(),
        last.source(),
        last.path());
  }

  private static String sql(FilterSql condition, Sorting sorting, int most) {
    return "select * from documents where %s order by %s%s, source, path fetch first %d rows only"
        .formatted(condition.where(), column(sorting), sorting.descending() ? " desc" : "", most);
  }

  private static String column(Sorting sorting) {
    return switch (sorting.key()) {
      case NAME -> NAME;
      case MODIFIED -> "modified_ns";
      case TYPE -> "media_type";
      case STATE -> "state";
      case SIZE -> "size_bytes";
    };
  }
}
