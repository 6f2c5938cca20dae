package dev.zhiku.ingest.testing;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.words.SearchText;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
  private volatile boolean away;

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

  /** Adds a source behind the others. */
  public void put(SourceState source) {
    sources = Stream.concat(sources.stream(), Stream.of(source)).toList();
  }

  /** As on a full disk: whatever is asked of it fails, or works again. */
  public void away(boolean is) {
    away = is;
  }

  private void requireHere() {
    if (away) {
      throw new CatalogUnavailableException("away for a test");
    }
  }

  public void queue(QueueState state) {
    queue = state;
  }

  public void ignored(long files) {
    ignored = files;
  }

  @Override
  public Optional<CatalogEntry> find(DocumentId id) {
    requireHere();
    return Optional.ofNullable(entries.get(id));
  }

  @Override
  public Page list(Query query) {
    requireHere();
    if (query.sorting().isPresent()) {
      return sorted(query, query.sorting().get());
    }
    Optional<String> after = query.cursor().map(InMemoryDocumentCatalog::keyIn);
    List<CatalogEntry> found =
        asked(query)
            .sorted(ORDER)
            .filter(entry -> after.map(key -> key(entry).compareTo(key) > 0).orElse(true))
            .limit(query.limit() + 1L)
            .toList();
    return found.size() <= query.limit()
        ? new Page(found, Optional.empty())
        : new Page(
            found.subList(0, query.limit()), Optional.of(cursor(found.get(query.limit() - 1))));
  }

  private Stream<CatalogEntry> asked(Query query) {
    return matching(query.visible())
        .filter(entry -> query.state().map(entry.state()::equals).orElse(true))
        .filter(entry -> query.source().map(entry.source()::equals).orElse(true))
        .filter(entry -> query.path().map(entry.path()::equals).orElse(true))
        .filter(entry -> query.pathPrefix().map(entry.path()::startsWith).orElse(true))
        .filter(entry -> query.text().map(text -> says(entry, text)).orElse(true));
  }

  /** Cursors are the number of entries before. */
  private Page sorted(Query query, Sorting sorting) {
    Comparator<CatalogEntry> order =
        switch (sorting.key()) {
          case NAME -> Comparator.comparing(entry -> SearchText.normalize(entry.name()));
          case MODIFIED -> Comparator.comparing(CatalogEntry::modifiedAt);
          case TYPE -> Comparator.comparing(CatalogEntry::mediaType);
          case STATE -> Comparator.comparing(entry -> entry.state().name());
          case SIZE -> Comparator.comparing(CatalogEntry::size);
        };
    int from = query.cursor().map(Integer::parseInt).orElse(0);
    List<CatalogEntry> all =
        asked(query)
            .sorted((sorting.descending() ? order.reversed() : order).thenComparing(ORDER))
            .toList();
    int to = Math.min(all.size(), from + query.limit());
    return new Page(
        all.subList(Math.min(from, to), to),
        to < all.size() ? Optional.of("" + to) : Optional.empty());
  }

  private static boolean says(CatalogEntry entry, String text) {
    return SearchText.normalize(entry.path()).contains(SearchText.normalize(text));
  }

  private static String cursor(CatalogEntry last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key(last).getBytes(StandardCharsets.UTF_8));
  }

  private static String keyIn(String cursor) {
    String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    if (key.indexOf('\u0000') < 0) {
      throw new IllegalArgumentException("not a cursor of this listing: " + cursor);
    }
    return key;
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
    requireHere();
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
    requireHere();
    return sources;
  }

  @Override
  public QueueState queue() {
    requireHere();
    return queue;
  }
}
