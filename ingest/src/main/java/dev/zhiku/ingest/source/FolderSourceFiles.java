package dev.zhiku.ingest.source;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.outcome.FaultPoint;
import dev.zhiku.ingest.source.SourceFileException.DiskFull;
import dev.zhiku.ingest.source.SourceFileException.NoSuchDocument;
import dev.zhiku.ingest.source.SourceFileException.NoSuchSource;
import dev.zhiku.ingest.source.SourceFileException.OutsideSource;
import dev.zhiku.ingest.source.SourceFileException.ReadOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The originals in watched folders. An upload is written in a hidden place of the same folder,
 * forced to disk and then moved to its name in one step.
 */
public final class FolderSourceFiles implements SourceFiles {
  private final Supplier<Map<String, SourceFolder>> folders;
  private final DocumentLedger ledger;
  private final IndexEffects effects;
  private final Durability durability;
  private final Trash trash;
  private final DiskGuard disk;
  private final UploadStaging staging;

  /** What was taken in once is put back whatever the limit is now. */
  private final UploadStaging restoring = new UploadStaging(Long.MAX_VALUE);

  private final Clock clock;

  /** Waits until what was changed in the index survives a crash. */
  public interface Durability {
    void await() throws InterruptedException;
  }

  /**
   * @param folders by name, in their order, as they are when it is asked
   * @param maxBytes of one upload
   * @param disk uploads are refused while it has no room
   */
  public FolderSourceFiles(
      Supplier<Map<String, SourceFolder>> folders,
      DocumentLedger ledger,
      IndexEffects effects,
      Durability durability,
      Trash trash,
      long maxBytes,
      DiskGuard disk,
      Clock clock) {
    this.folders = folders;
    this.ledger = ledger;
    this.effects = effects;
    this.durability = durability;
    this.trash = trash;
    this.disk = disk;
    this.staging = new UploadStaging(maxBytes);
    this.clock = clock;
  }

  @Override
  public CatalogEntry store(
      Optional<String> source,
      String path,
      InputStream content,
      OnConflict conflict,
      Filter visible)
      throws InterruptedException {
    UploadPath wanted = UploadPath.parse(path);
    SourceFolder folder = writable(source, visible);
    String name = folder.config().name();
    if (!visible.accepts(new UploadTarget(name, wanted.toString()))) {
      throw new SourceFileException.NotVisible(path);
    }
    if (disk.state().isReadOnly()) {
      throw new DiskFull(name);
    }
    try {
      Path staged = staging.stage(folder, content);
      try {
        FaultPoint.AFTER_STAGED.hit();
        UploadPath stored = FilePlacement.place(folder, staged, wanted, conflict);
        FaultPoint.AFTER_PLACED.hit();
        folder.scanNow(List.of(stored.toString()));
        return entryAt(name, stored);
      } finally {
        UploadStaging.remove(staged);
      }
    } catch (IOException e) {
      throw refusal(name, e);
    }
  }

  private CatalogEntry entryAt(String source, UploadPath path) {
    return ledger
        .at(source, path.toString())
        .flatMap(file -> ledger.find(file.id()))
        .orElseThrow(() -> new NoSuchDocument(path.toString()));
  }

  private SourceFolder writable(Optional<String> source, Filter visible) {
    if (source.isPresent()) {
      SourceFolder folder = folders.get().get(source.get());
      if (folder == null || !visible.reaches(source.get())) {
        throw new NoSuchSource(source.get());
      }
      if (folder.config().readOnly()) {
        throw new ReadOnly(source.get());
      }
      return folder;
    }
    return folders.get().values().stream()
        .filter(folder -> !folder.config().readOnly())
        .filter(folder -> visible.reaches(folder.config().name()))
        .findFirst()
        .orElseThrow(() -> new NoSuchSource(""));
  }

  private static RuntimeException refusal(String source, IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("not enough space")) {
      return new DiskFull(source);
    }
    return failure instanceof AccessDeniedException || message.contains("read-only file system")
        ? new ReadOnly(source)
        : new UncheckedIOException(failure);
  }

  @Override
  public void delete(DocumentId id, String by) throws InterruptedException {
    CatalogEntry entry = entry(id);
    SourceFolder folder = folder(entry);
    if (folder.config().readOnly()) {
      throw new ReadOnly(entry.source());
    }
    try {
      TrashNote note = new TrashNote(entry.source(), entry.path(), by);
      trash.take(original(id), id.value(), note);
    } catch (NoSuchFileException e) {
      throw new NoSuchDocument(id.value());
    } catch (IOException e) {
      throw refusal(entry.source(), e);
    }
    FaultPoint.AFTER_TRASH.hit();
    folder.scanNow(List.of(entry.path()));
    durability.await();
  }

  @Override
  public List<TrashedFile> trashed(Filter visible) {
    try {
      return trash.list().stream().filter(file -> file.isSeenBy(visible)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the trash cannot be read", e);
    }
  }

  @Override
  public TrashedFile trashed(DocumentId id, Filter visible) {
    try {
      return trash
          .find(id)
          .filter(file -> file.isSeenBy(visible))
          .orElseThrow(() -> new NoSuchDocument(id.value()));
    } catch (IOException e) {
      throw new UncheckedIOException("the trash cannot be read", e);
    }
  }

  @Override
  public CatalogEntry restore(DocumentId id, Optional<String> path, Filter visible)
      throws InterruptedException {
    TrashedFile file = trashed(id, visible);
    UploadPath wanted = UploadPath.parse(path.orElse(file.path()));
    SourceFolder folder = writable(file.source(), visible);
    String name = folder.config().name();
    if (!visible.accepts(new UploadTarget(name, wanted.toString()))) {
      throw new SourceFileException.NotVisible(wanted.toString());
    }
    try {
      putBack(file, folder, wanted);
      folder.scanNow(List.of(wanted.toString()));
      trash.delete(id.value());
      return entryAt(name, wanted);
    } catch (IOException e) {
      throw refusal(name, e);
    }
  }

  /** Copies it: a kill leaves it in the trash, and perhaps in its place too. */
  private void putBack(TrashedFile file, SourceFolder folder, UploadPath wanted)
      throws IOException {
    Path original =
        trash.taken(file.id().value()).keySet().stream()
            .findFirst()
            .orElseThrow(() -> new NoSuchDocument(file.id().value()));
    Path staged;
    try (InputStream content = Files.newInputStream(original)) {
      staged = restoring.stage(folder, content);
    }
    try {
      Files.setLastModifiedTime(staged, Files.getLastModifiedTime(original));
      FilePlacement.place(folder, staged, wanted, OnConflict.FAIL);
    } finally {
      UploadStaging.remove(staged);
    }
  }

  @Override
  public void discard(DocumentId id, Filter visible) {
    discard(List.of(trashed(id, visible)));
  }

  @Override
  public int discardAll(Filter visible) {
    List<TrashedFile> all = trashed(visible);
    discard(all);
    return all.size();
  }

  private void discard(List<TrashedFile> files) {
    Set<String> labels = files.stream().map(file -> file.id().value()).collect(Collectors.toSet());
    try {
      trash.delete(labels);
    } catch (IOException e) {
      throw new UncheckedIOException("the trash cannot be emptied", e);
    }
  }

  private CatalogEntry entry(DocumentId id) {
    return ledger.find(id).orElseThrow(() -> new NoSuchDocument(id.value()));
  }

  private SourceFolder folder(CatalogEntry entry) {
    SourceFolder folder = folders.get().get(entry.source());
    if (folder == null) {
      throw new NoSuchSource(entry.source());
    }
    return folder;
  }

  @Override
  public CatalogEntry retry(DocumentId id) throws InterruptedException {
    entry(id);
    ledger.record(List.of(new FileChange.Requeued(id, true)), clock.instant());
    effects.due();
    return entry(id);
  }

  @Override
  public Path original(DocumentId id) {
    CatalogEntry entry = entry(id);
    Path root = folder(entry).root().folder();
    Path file = root.resolve(entry.path());
    if (FileRules.unusable(file, entry.path()).isPresent()) {
      // The row names a file by its escaped name: what really bears that name is another file.
      throw new NoSuchDocument(id.value());
    }
    try {
      if (!file.toRealPath().equals(root.toRealPath().resolve(entry.path()))) {
        throw new OutsideSource(entry.path());
      }
    } catch (IOException e) {
      throw new NoSuchDocument(id.value());
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchDocument(id.value());
    }
    return file;
  }

  /** Removes what uploads left behind that were cut off by a crash. */
  public void clearStaging() {
    folders.get().values().stream()
        .filter(folder -> !folder.config().readOnly())
        .forEach(UploadStaging::clear);
  }
}
