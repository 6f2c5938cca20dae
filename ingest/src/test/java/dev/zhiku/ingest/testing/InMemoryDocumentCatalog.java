package dev.zhiku.ingest.testing;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.words.SearchText;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A catalogue in memory, filled by hand. Thread-safe. */
public final class InMemoryDocumentCatalog implements DocumentCatalog {
  private static final Comparator<CatalogEntry> ORDER =
      Comparator.comparing(CatalogEntry::source).thenComparing(CatalogEntry::path);

  private final Map<DocumentId, CatalogEntry> entries = new ConcurrentHashMap<>();
  private volatile List<SourceState> sources = List.of();
  private volatile QueueState queue = QueueState.EMPTY;
  private volatile long ignored;

  /** Adds an entry or replaces the one with its id. */
  public InMemoryDocumentCatalog put(CatalogEntry entry) {
    entries.put(entry.id(), entry);
    return this;
  }

  /** Forgets an entry. */
  public void remove(DocumentId id) {
    entries.remove(id);
  }

  public void sources(List<SourceState> states) {
    sources = List.copyOf(states);
  }

  public void queue(QueueState state) {
    queue = state;
  }

  public void ignored(long files) {
    ignored = files;
  }

  @Override
  public Optional<CatalogEntry> find(DocumentId id) {
    return Optional.ofNullable(entries.get(id));
  }

  @Override
  public Page list(Query query) {
    List<CatalogEntry> found =
        matching(query.visible())
            .filter(entry -> query.state().map(entry.state()::equals).orElse(true))
            .filter(entry -> query.source().map(entry.source()::equals).orElse(true))
            .filter(entry -> query.path().map(entry.path()::equals).orElse(true))
            .filter(entry -> query.pathPrefix().map(entry.path()::startsWith).orElse(true))
            .filter(entry -> query.text().map(text -> says(entry, text)).orElse(true))
            .sorted(ORDER)
            .filter(
                entry -> query.cursor().map(after -> key(entry).compareTo(after) > 0).orElse(true))
            .limit(query.limit() + 1L)
            .toList();
    return found.size() <= query.limit()
        ? new Page(found, Optional.empty())
        : new Page(found.subList(0, query.limit()), Optional.of(key(found.get(query.limit() - 1))));
  }

  private static boolean says(CatalogEntry entry, String text) {
    return SearchText.normalize(entry.path()).contains(SearchText.normalize(text));
  }

  private static String key(CatalogEntry entry) {
    return entry.source() + "\u0000" + entry.path();
  }

  private Stream<CatalogEntry> matching(Filter visible) {
    return entries.values().stream().filter(entry -> visible.accepts(meta(entry)));
  }

  private static DocumentMeta meta(CatalogEntry entry) {
    return new DocumentMeta(
        entry.id(),
        entry.source(),
        entry.path(),
        entry.mediaType(),
        entry.size(),
        entry.modifiedAt(),
        entry.sha256().orElse(""),
        "",
        Set.of());
  }

  @Override
  public Counts counts(Filter visible) {
    return new Counts(
        count(visible, State.INDEXED),
        count(visible, State.FAILED),
        count(visible, State.SKIPPED),
        count(visible, State.PENDING),
        visible instanceof Filter.All ? ignored : 0,
        matching(visible).mapToLong(CatalogEntry::passages).sum());
  }

  private long count(Filter visible, State state) {
    return matching(visible).filter(entry -> entry.state() == state).count();
  }

  @Override
  public List<SourceState> sources() {
    return sources;
  }

  @Override
  public QueueState queue() {
    return queue;
  }
}
