package dev.zhiku.api.documents;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A catalogue without a database; a cursor is the number of entries before the next page. */
public final class InMemoryDocumentCatalog implements DocumentCatalog {
  private final Map<DocumentId, CatalogEntry> entries = new ConcurrentHashMap<>();
  private final List<SourceState> sources = new ArrayList<>();
  private volatile QueueState queue = QueueState.EMPTY;
  private volatile boolean away;

  /** As on a full disk: whatever is asked of it fails, or works again. */
  public void away(boolean is) {
    away = is;
  }

  private void requireHere() {
    if (away) {
      throw new CatalogUnavailableException("away for a test");
    }
  }

  public void put(CatalogEntry entry) {
    entries.put(entry.id(), entry);
  }

  public void remove(DocumentId id) {
    entries.remove(id);
  }

  public void put(SourceState source) {
    sources.add(source);
  }

  @Override
  public Optional<CatalogEntry> find(DocumentId id) {
    requireHere();
    return Optional.ofNullable(entries.get(id));
  }

  @Override
  public Page list(Query query) {
    requireHere();
    int from = query.cursor().map(InMemoryDocumentCatalog::offset).orElse(0);
    List<CatalogEntry> found = matching(query).toList();
    int to = Math.min(found.size(), from + query.limit());
    return new Page(
        found.subList(Math.min(from, to), to),
        to < found.size() ? Optional.of("after-" + to) : Optional.empty());
  }

  private static int offset(String cursor) {
    if (!cursor.matches("after-\\d{1,9}")) {
      throw new IllegalArgumentException("not a cursor of this listing");
    }
    return Integer.parseInt(cursor.substring("after-".length()));
  }

  private Stream<CatalogEntry> matching(Query query) {
    return entries.values().stream()
        .filter(entry -> isVisible(entry, query.visible()))
        .filter(entry -> query.state().map(entry.state()::equals).orElse(true))
        .filter(entry -> query.text().map(text -> contains(entry.path(), text)).orElse(true))
        .filter(entry -> query.source().map(entry.source()::equals).orElse(true))
        .filter(entry -> query.pathPrefix().map(entry.path()::startsWith).orElse(true))
        .filter(entry -> query.path().map(entry.path()::equals).orElse(true))
        .sorted(Comparator.comparing(CatalogEntry::source).thenComparing(CatalogEntry::path));
  }

  private static boolean contains(String path, String text) {
    return path.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  @Override
  public Counts counts(Filter visible) {
    requireHere();
    return new Counts(
        count(visible, State.INDEXED),
        count(visible, State.FAILED),
        count(visible, State.SKIPPED),
        count(visible, State.PENDING),
        0,
        entries.values().stream()
            .filter(entry -> isVisible(entry, visible))
            .mapToLong(CatalogEntry::passages)
            .sum());
  }

  private long count(Filter visible, State state) {
    return entries.values().stream()
        .filter(entry -> isVisible(entry, visible) && entry.state() == state)
        .count();
  }

  private static boolean isVisible(CatalogEntry entry, Filter visible) {
    return visible.accepts(
        new DocumentMeta(
            entry.id(),
            entry.source(),
            entry.path(),
            entry.mediaType(),
            entry.size(),
            entry.modifiedAt(),
            entry.sha256().orElse(""),
            "",
            Set.of()));
  }

  @Override
  public QueueState queue() {
    requireHere();
    return queue;
  }

  public void queue(QueueState now) {
    queue = now;
  }

  @Override
  public List<SourceState> sources() {
    requireHere();
    return List.copyOf(sources);
  }
}
