package dev.zhiku.ingest.source;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.outcome.FaultPoint;
import dev.zhiku.ingest.source.SourceFileException.DiskFull;
import dev.zhiku.ingest.source.SourceFileException.Exists;
import dev.zhiku.ingest.source.SourceFileException.NoSuchDocument;
import dev.zhiku.ingest.source.SourceFileException.NoSuchSource;
import dev.zhiku.ingest.source.SourceFileException.OutsideSource;
import dev.zhiku.ingest.source.SourceFileException.ReadOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The originals in watched folders. An upload is written in a hidden place of the same folder,
 * forced to disk and then moved to its name in one step.
 */
public final class FolderSourceFiles implements SourceFiles {
  /** Most names tried for {@link OnConflict#RENAME}. */
  static final int MAX_NAMES = 10_000;

  private final Supplier<Map<String, SourceFolder>> folders;
  private final DocumentLedger ledger;
  private final IndexEffects effects;
  private final Durability durability;
  private final Trash trash;
  private final DiskGuard disk;
  private final UploadStaging staging;
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
        UploadPath stored = place(folder, staged, wanted, conflict);
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

  private static UploadPath place(
      SourceFolder folder, Path staged, UploadPath wanted, OnConflict conflict) throws IOException {
    Path directory = makeFolders(folder.root().folder(), wanted);
    switch (conflict) {
      case REPLACE -> {
        Path target = directory.resolve(last(wanted));
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
          throw new Exists(wanted.toString());
        }
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        return wanted;
      }
      case FAIL -> {
        if (!appear(staged, directory.resolve(last(wanted)))) {
          throw new Exists(wanted.toString());
        }
        return wanted;
      }
      case RENAME -> {
        return placeUnderFreeName(directory, staged, wanted);
      }
    }
    throw new IllegalStateException("no such way to handle a conflict: " + conflict);
  }

  private static UploadPath placeUnderFreeName(Path directory, Path staged, UploadPath wanted)
      throws IOException {
    UploadPath path = wanted;
    for (int n = 2; n < MAX_NAMES; n++) {
      if (appear(staged, directory.resolve(last(path)))) {
        return path;
      }
      path = wanted.numbered(n);
    }
    throw new Exists(wanted.toString());
  }

  private static String last(UploadPath path) {
    return path.parts().get(path.parts().size() - 1);
  }

  /** Gives the file its name unless something has it; a hard link tests and sets in one step. */
  private static boolean appear(Path staged, Path target) throws IOException {
    try {
      Files.createLink(target, staged);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      Files.move(staged, target);
      return true;
    }
  }

  /** Makes the folders above the file; each part must be a real folder. */
  private static Path makeFolders(Path root, UploadPath path) throws IOException {
    Path directory = root;
    for (String part : path.parts().subList(0, path.parts().size() - 1)) {
      directory = directory.resolve(part);
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        makeFolder(directory);
      }
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new OutsideSource(path.toString());
      }
    }
    if (!directory.toRealPath().startsWith(root.toRealPath())) {
      throw new OutsideSource(path.toString());
    }
    return directory;
  }

  private static void makeFolder(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
      SharedPermissions.giveFolder(directory);
    } catch (FileAlreadyExistsException e) {
      // Somebody made it at the same moment: it is checked below like any other.
    }
  }

  @Override
  public void delete(DocumentId id) throws InterruptedException {
    CatalogEntry entry = entry(id);
    SourceFolder folder = folder(entry);
    if (folder.config().readOnly()) {
      throw new ReadOnly(entry.source());
    }
    try {
      trash.take(original(id), id.value());
    } catch (NoSuchFileException e) {
      throw new NoSuchDocument(id.value());
    } catch (IOException e) {
      throw refusal(entry.source(), e);
    }
    FaultPoint.AFTER_TRASH.hit();
    folder.scanNow(List.of(entry.path()));
    durability.await();
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
