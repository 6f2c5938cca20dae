package dev.zhiku.server.documents;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.source.SourceFileException;
import dev.zhiku.ingest.source.SourceFiles;
import dev.zhiku.ingest.source.Trash;
import dev.zhiku.ingest.source.TrashedFile;
import dev.zhiku.ingest.testing.InMemoryDocumentCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One writable source named {@code knowledge} in a folder, without limits; its trash is a list. */
public final class FakeSourceFiles implements SourceFiles {
  private final Path folder;
  private final InMemoryDocumentCatalog catalog;
  private final List<DocumentId> retried = new ArrayList<>();
  private final List<TrashedFile> trashed = new ArrayList<>();
  private Optional<RuntimeException> failure = Optional.empty();

  public FakeSourceFiles(Path folder, InMemoryDocumentCatalog catalog) {
    this.folder = folder;
    this.catalog = catalog;
  }

  /** Makes every later call fail. */
  public void failWith(RuntimeException next) {
    failure = Optional.of(next);
  }

  /** Writes a file and makes it known. */
  public CatalogEntry add(CatalogEntry entry, byte[] content) {
    try {
      Path file = folder.resolve(entry.path());
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(entry.modifiedAt()));
      catalog.put(entry);
      return entry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path file(String path) {
    return folder.resolve(path);
  }

  public List<DocumentId> retried() {
    return List.copyOf(retried);
  }

  @Override
  public CatalogEntry store(
      Optional<String> source,
      String path,
      InputStream content,
      OnConflict conflict,
      Filter visible) {
    failure.ifPresent(FakeSourceFiles::rethrow);
    if (!source.orElse("knowledge").equals("knowledge") || !visible.reaches("knowledge")) {
      throw new SourceFileException.NoSuchSource(source.get());
    }
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw new SourceFileException.OutsideSource(path);
    }
    CatalogEntry wanted = Entries.pending(path);
    if (!visible.accepts(wanted)) {
      throw new SourceFileException.NotVisible(path);
    }
    if (conflict == OnConflict.FAIL && Files.exists(file)) {
      throw new SourceFileException.Exists(path);
    }
    try {
      return add(wanted, content.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(DocumentId id, String by) {
    failure.ifPresent(FakeSourceFiles::rethrow);
    try {
      CatalogEntry entry = catalog.find(id).orElseThrow();
      Instant now = Instant.now();
      trashed.addFirst(
          new TrashedFile(
              id,
              Optional.of(entry.source()),
              entry.path(),
              entry.size(),
              by,
              now,
              now.plus(Trash.KEPT)));
      Files.delete(original(id));
      catalog.remove(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<TrashedFile> trashed(Filter visible) {
    return trashed.stream().filter(file -> visible.accepts(Entries.pending(file.path()))).toList();
  }

  @Override
  public TrashedFile trashed(DocumentId id, Filter visible) {
    return trashed(visible).stream()
        .filter(file -> file.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new SourceFileException.NoSuchDocument(id.value()));
  }

  @Override
  public CatalogEntry restore(DocumentId id, Optional<String> path, Filter visible) {
    TrashedFile file = trashed(id, visible);
    InputStream content = InputStream.nullInputStream();
    CatalogEntry entry =
        store(file.source(), path.orElse(file.path()), content, OnConflict.FAIL, visible);
    trashed.remove(file);
    return entry;
  }

  @Override
  public void discard(DocumentId id, Filter visible) {
    trashed.removeIf(file -> file.id().equals(id));
  }

  @Override
  public int discardAll(Filter visible) {
    List<TrashedFile> all = trashed(visible);
    trashed.removeAll(all);
    return all.size();
  }

  @Override
  public CatalogEntry retry(DocumentId id) {
    failure.ifPresent(FakeSourceFiles::rethrow);
    retried.add(id);
    return catalog.find(id).orElseThrow(() -> new SourceFileException.NoSuchDocument(id.value()));
  }

  @Override
  public Path original(DocumentId id) {
    failure.ifPresent(FakeSourceFiles::rethrow);
    return catalog
        .find(id)
        .map(entry -> folder.resolve(entry.path()))
        .orElseThrow(() -> new SourceFileException.NoSuchDocument(id.value()));
  }

  private static void rethrow(RuntimeException failure) {
    throw failure;
  }
}
