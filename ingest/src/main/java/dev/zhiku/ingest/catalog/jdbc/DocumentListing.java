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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The documents that a filter finds: statements that are put together from its parts. Thread-safe.
 */
@Singleton
final class DocumentListing {
  private final CatalogTransactions transactions;
  private final SourceRows sources;
  private final Tallies tallies;

  DocumentListing(CatalogTransactions transactions, SourceRows sources, Tallies tallies) {
    this.transactions = transactions;
    this.sources = sources;
    this.tallies = tallies;
  }

  /**
   * Source by source, so that each part of a page walks one index from where the last page ended,
   * and stops when the page is full.
   */
  Page list(Query query) {
    if (query.sorting().isPresent()) {
      return SortedListing.list(transactions, query, query.sorting().get());
    }
    Optional<Cursor> after = query.cursor().map(Cursor::read);
    List<CatalogEntry> found =
        transactions.read(
            () -> {
              List<CatalogEntry> page = new ArrayList<>();
              for (String source : sourcesOf(query, after)) {
                if (page.size() <= query.limit()) {
                  String from =
                      after
                          .filter(last -> last.source().equals(source))
                          .map(Cursor::path)
                          .orElse("");
                  page.addAll(part(query, source, from, query.limit() + 1 - page.size()));
                }
              }
              return page;
            });
    return page(found, query.limit());
  }

  private List<String> sourcesOf(Query query, Optional<Cursor> after) {
    Predicate<String> visible = BySource.of(query.visible()).orElse(source -> true);
    return tallies.all().stream()
        .filter(row -> query.state().map(row::is).orElse(true))
        .map(TallyRow::source)
        .filter(visible)
        .filter(source -> query.source().map(source::equals).orElse(true))
        .filter(source -> after.map(last -> source.compareTo(last.source()) >= 0).orElse(true))
        .distinct()
        .sorted()
        .toList();
  }

  private List<CatalogEntry> part(Query query, String source, String after, int most) {
    FilterSql condition = new FilterSql().and("source = ?", source);
    query.state().ifPresent(state -> condition.and("state = ?", state.name()));
    condition.and("path > ?", after).and("removing = false").accept(query.visible());
    narrow(condition, query);
    return transactions.select(
        sql(condition, query.state().isPresent(), most),
        condition,
        rows -> transactions.document(rows).entry());
  }

  /** By what the query says of the path. */
  static void narrow(FilterSql condition, Query query) {
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
  }

  /** In the order of the columns of an index, so that no database sorts. */
  static String sql(FilterSql condition, boolean ofState, int most) {
    return "select * from documents where "
        + condition.where()
        + (ofState ? " order by source, state, path" : " order by source, path")
        + " fetch first "
        + most
        + " rows only";
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

  /** From the kept sums, unless the filter looks into the sources. */
  Counts counts(Filter visible) {
    List<StateCount> rows = BySource.of(visible).map(this::kept).orElseGet(() -> counted(visible));
    long ignored = visible instanceof Filter.All ? ignored() : 0;
    Map<State, Long> files = new EnumMap<>(State.class);
    rows.forEach(row -> files.merge(row.state(), row.files(), Long::sum));
    return new Counts(
        files.getOrDefault(State.INDEXED, 0L),
        files.getOrDefault(State.FAILED, 0L),
        files.getOrDefault(State.SKIPPED, 0L),
        files.getOrDefault(State.PENDING, 0L),
        ignored,
        rows.stream().mapToLong(StateCount::passages).sum());
  }

  private List<StateCount> kept(Predicate<String> source) {
    return transactions.read(tallies::all).stream()
        .filter(row -> source.test(row.source()))
        .map(row -> new StateCount(State.valueOf(row.state()), row.files(), row.passages()))
        .toList();
  }

  private List<StateCount> counted(Filter visible) {
    FilterSql condition = new FilterSql().and("removing = false").accept(visible);
    String sql =
        "select state, count(*), sum(passages) from documents where "
            + condition.where()
            + " group by state";
    return transactions.read(
        () ->
            transactions.select(
                sql,
                condition,
                row ->
                    new StateCount(
                        State.valueOf(row.getString(1)), row.getLong(2), row.getLong(3))));
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
