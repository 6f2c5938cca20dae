package dev.zhiku.server.query;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.catalog.DocumentCatalog.Query;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The documents that somebody may mean by a text: an id, a path, a name. */
public final class NamedDocuments {
  /** Most documents that are listed. */
  static final int MOST = 20;

  private final DocumentCatalog catalog;
  private final Filter visible;

  public NamedDocuments(DocumentCatalog catalog, Filter visible) {
    this.catalog = catalog;
    this.visible = visible;
  }

  /** Those of the first reading of the text that fits any, at most {@link #MOST}. */
  public List<CatalogEntry> of(String text) {
    return Stream.<Supplier<List<CatalogEntry>>>of(
            () -> byId(text),
            () -> byPath(Optional.empty(), text),
            () -> bySource(text),
            () -> byName(text),
            () -> containing(text, MOST))
        .map(Supplier::get)
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private List<CatalogEntry> byId(String text) {
    return Optional.of(text)
        .filter(DocumentId::isWellFormed)
        .map(DocumentId::new)
        .flatMap(catalog::find)
        .filter(visible::accepts)
        .stream()
        .toList();
  }

  private List<CatalogEntry> byPath(Optional<String> source, String path) {
    return list(source, Optional.empty(), Optional.of(path), MOST);
  }

  /** Behind the name of a source and a colon, or below the folder of one. */
  private List<CatalogEntry> bySource(String text) {
    return catalog.sources().stream()
        .flatMap(
            source ->
                Stream.of(source.name() + ":", folder(source))
                    .filter(text::startsWith)
                    .map(start -> text.substring(start.length()).replace('\\', '/'))
                    .flatMap(path -> byPath(Optional.of(source.name()), path).stream()))
        .limit(MOST)
        .toList();
  }

  private static String folder(SourceState source) {
    boolean ends = source.root().endsWith("/") || source.root().endsWith("\\");
    return ends ? source.root() : source.root() + (source.root().contains("\\") ? "\\" : "/");
  }

  /** With or without its ending. */
  private List<CatalogEntry> byName(String name) {
    return containing(name, Query.MAX_LIMIT).stream()
        .filter(
            entry ->
                entry.name().equalsIgnoreCase(name)
                    || withoutEnding(entry.name()).equalsIgnoreCase(name))
        .limit(MOST)
        .toList();
  }

  private static String withoutEnding(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private List<CatalogEntry> containing(String text, int limit) {
    return list(Optional.empty(), Optional.of(text), Optional.empty(), limit);
  }

  private List<CatalogEntry> list(
      Optional<String> source, Optional<String> text, Optional<String> path, int limit) {
    return catalog
        .list(
            new Query(
                visible,
                Optional.empty(),
                text,
                source,
                Optional.empty(),
                path,
                Optional.empty(),
                limit))
        .entries();
  }
}
