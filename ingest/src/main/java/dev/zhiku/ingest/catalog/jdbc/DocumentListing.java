package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.Filter;
import dev.zhiku.index.words.SearchText;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.DocumentCatalog.Counts;
import dev.zhiku.ingest.catalog.DocumentCatalog.Page;
import dev.zhiku.ingest.catalog.DocumentCatalog.Query;
import dev.zhiku.ingest.catalog.KnownFile;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The documents that a filter finds: statements that are put together from its parts. Thread-safe.
 */
@Singleton
final class DocumentListing {
  private final CatalogTransactions transactions;
  private final SourceRows sources;

  DocumentListing(CatalogTransactions transactions, SourceRows sources) {
    this.transactions = transactions;
    this.sources = sources;
  }

  Page list(Query query) {
    FilterSql condition = new FilterSql().and("removing = false").accept(query.visible());
    query.state().ifPresent(state -> condition.and("state = ?", state.name()));
    query.source().ifPresent(source -> condition.and("source = ?", source));
    query.path().ifPresent(path -> condition.and("path = ?", path));
    query
        .pathPrefix()
        .ifPresent(path -> condition.and("path like ? escape '!'", FilterSql.literal(path) + "%"));
    query
        .text()
        .map(SearchText::normalize)
        .ifPresent(
            text ->
                condition.and(
                    "path_folded like ? escape '!'", "%" + FilterSql.literal(text) + "%"));
    query
        .cursor()
        .map(Cursor::read)
        .ifPresent(
            after ->
                condition.and(
                    "(source > ? or source = ? and path > ?)",
                    after.source(),
                    after.source(),
                    after.path()));
    String sql =
        "select * from documents where "
            + condition.where()
            + " order by source, path fetch first "
            + (query.limit() + 1)
            + " rows only";
    List<CatalogEntry> found =
        transactions.read(
            () -> transactions.select(sql, condition, rows -> transactions.document(rows).entry()));
    return page(found, query.limit());
  }

  private static Page page(List<CatalogEntry> found, int limit) {
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    CatalogEntry last = found.get(limit - 1);
    return new Page(
        found.subList(0, limit), Optional.of(new Cursor(last.source(), last.path()).write()));
  }

  private record StateCount(State state, long files, long passages) {}

  Counts counts(Filter visible) {
    FilterSql condition = new FilterSql().and("removing = false").accept(visible);
    String sql =
        "select state, count(*), sum(passages) from documents where "
            + condition.where()
            + " group by state";
    List<StateCount> rows =
        transactions.read(
            () ->
                transactions.select(
                    sql,
                    condition,
                    row ->
                        new StateCount(
                            State.valueOf(row.getString(1)), row.getLong(2), row.getLong(3))));
    long ignored = visible instanceof Filter.All ? ignored() : 0;
    Map<State, Long> files = new EnumMap<>(State.class);
    rows.forEach(row -> files.put(row.state(), row.files()));
    return new Counts(
        files.getOrDefault(State.INDEXED, 0L),
        files.getOrDefault(State.FAILED, 0L),
        files.getOrDefault(State.SKIPPED, 0L),
        files.getOrDefault(State.PENDING, 0L),
        ignored,
        rows.stream().mapToLong(StateCount::passages).sum());
  }

  private long ignored() {
    return transactions.read(
        () -> sources.findAllOrderByPlace().stream().mapToLong(SourceRow::ignored).sum());
  }

  void forEach(Consumer<? super KnownFile> each) {
    transactions.read(
        () -> {
          FilterSql all = new FilterSql();
          transactions.select(
              "select * from documents",
              all,
              rows -> {
                each.accept(transactions.document(rows).knownFile());
                return true;
              });
          return true;
        });
  }
}
