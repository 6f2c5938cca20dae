package dev.zhiku.app.wiring;

import dev.zhiku.app.command.KeyFolder;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.backup.BackupConfig;
import dev.zhiku.server.erasure.ErasurePlace;
import dev.zhiku.server.erasure.SoughtDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Copies of a deleted document, which stay until somebody deletes them. */
final class KeptCopies {
  private KeptCopies() {}

  /** The folders into which this service puts backups. */
  static Set<Path> backups(DataFolder data, BackupConfig config) {
    Path own = data.folder(KeyFolder.BACKUPS).toAbsolutePath().normalize();
    Set<Path> folders = new LinkedHashSet<>(List.of(own));
    config.folder().map(other -> other.toAbsolutePath().normalize()).ifPresent(folders::add);
    return folders;
  }

  /** Names in a folder that has gone, or never was: none. */
  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Other documents that are the same file, byte for byte. */
  record OfFile(DocumentLedger ledger) implements ErasurePlace {
    @Override
    public String name() {
      return "copies";
    }

    @Override
    public Kind kind() {
      return Kind.KEPT;
    }

    @Override
    public Left left(SoughtDocument document) {
      Optional<AuditEvent.DocumentFacts> facts =
          document.facts().filter(file -> !file.sha256().isEmpty());
      return facts.map(this::copies).orElse(Left.NOTHING);
    }

    private Left copies(AuditEvent.DocumentFacts file) {
      List<String> found = new ArrayList<>();
      ledger
          .sources()
          .forEach(
              source ->
                  ledger.withSize(source.name(), file.bytes()).stream()
                      .filter(other -> !other.id().value().equals(file.id()))
                      .filter(other -> other.sha256().filter(file.sha256()::equals).isPresent())
                      .forEach(other -> found.add(source.name() + "/" + other.path())));
      return Left.of(found);
    }

    @Override
    public void clear(Set<DocumentId> documents) {}
  }

  /** Backups that were made before the words of the document were gone. */
  record InBackups(Set<Path> folders) implements ErasurePlace {
    @Override
    public String name() {
      return "backups";
    }

    @Override
    public Kind kind() {
      return Kind.KEPT;
    }

    @Override
    public Left left(SoughtDocument document) throws IOException {
      List<String> found = new ArrayList<>();
      for (Path folder : folders) {
        for (Path file : list(folder)) {
          Instant made = Files.getLastModifiedTime(file).toInstant();
          if (document.erasedAt().filter(made::isAfter).isEmpty()) {
            found.add(file.toString());
          }
        }
      }
      return Left.of(found);
    }

    @Override
    public void clear(Set<DocumentId> documents) {}
  }

  /** Data folders that a restore kept, and damaged parts of the index that were put aside. */
  record Aside(Path data) implements ErasurePlace {
    @Override
    public String name() {
      return "put-aside";
    }

    @Override
    public Kind kind() {
      return Kind.KEPT;
    }

    @Override
    public Left left(SoughtDocument document) throws IOException {
      Path whole = data.toAbsolutePath().normalize();
      List<Path> all = new ArrayList<>(list(whole.resolve("index")));
      all.removeIf(path -> !path.toString().endsWith(".damaged"));
      Path beside = whole.getParent();
      if (beside != null) {
        list(beside).stream()
            .filter(p -> p.getFileName().toString().startsWith(whole.getFileName() + ".before-"))
            .forEach(all::add);
      }
      return Left.of(all.stream().map(Path::toString).toList());
    }

    @Override
    public void clear(Set<DocumentId> documents) {}
  }
}
