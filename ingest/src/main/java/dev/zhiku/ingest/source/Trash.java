package dev.zhiku.ingest.source;

import dev.zhiku.index.DocumentId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place where deleted originals stay for a while, one folder for each. Thread-safe. */
public final class Trash {
  public static final Duration KEPT = Duration.ofDays(30);
  private static final Logger LOG = LoggerFactory.getLogger(Trash.class);
  private final Path directory;
  private final Clock clock;

  public Trash(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Moves a file here, within one file system in one step.
   *
   * @param label makes the folder's name; the file keeps its own
   * @param note where the file lay
   */
  void take(Path file, String label, TrashNote note) throws IOException {
    Path place = directory.resolve(label + "-" + clock.millis());
    Files.createDirectories(place);
    Files.setLastModifiedTime(place, FileTime.from(clock.instant()));
    note.write(place);
    try {
      Files.move(file, place.resolve(file.getFileName()));
    } catch (IOException e) {
      delete(place);
      throw e;
    }
    Files.setLastModifiedTime(place, FileTime.from(clock.instant()));
  }

  /** The files that were taken under a label, with the moment at which each goes by itself. */
  public Map<Path, Instant> taken(String label) throws IOException {
    Map<Path, Instant> found = new TreeMap<>();
    for (Path place : places(label)) {
      Instant end = Files.getLastModifiedTime(place).toInstant().plus(KEPT);
      for (Path file : originals(place)) {
        found.put(file, end);
      }
    }
    return found;
  }

  /** Every file that is here, the one that was deleted last first. */
  List<TrashedFile> list() throws IOException {
    List<TrashedFile> found = new ArrayList<>();
    for (Path place : places()) {
      String label = label(place);
      if (DocumentId.isWellFormed(label)) {
        try {
          describe(new DocumentId(label), place).ifPresent(found::add);
        } catch (NoSuchFileException | NotDirectoryException gone) {
          LOG.debug("{} left the trash while it was listed", place);
        }
      }
    }
    found.sort(Comparator.comparing(TrashedFile::deletedAt).reversed());
    return found;
  }

  private static Optional<TrashedFile> describe(DocumentId id, Path place) throws IOException {
    List<Path> files = originals(place);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Path file = files.getFirst();
    Optional<TrashNote> note = TrashNote.read(place);
    Instant deleted = Files.getLastModifiedTime(place).toInstant();
    return Optional.of(
        new TrashedFile(
            id,
            note.map(TrashNote::source),
            note.map(TrashNote::path).orElse(String.valueOf(file.getFileName())),
            Files.size(file),
            note.map(TrashNote::deletedBy).orElse(""),
            deleted,
            deleted.plus(KEPT)));
  }

  /** The file of a document; empty if it is not here. */
  Optional<TrashedFile> find(DocumentId id) throws IOException {
    for (Path place : places(id.value())) {
      Optional<TrashedFile> found = describe(id, place);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Deletes for good what was taken under a label. */
  public void delete(String label) throws IOException {
    delete(Set.of(label));
  }

  /** Deletes for good what was taken under these labels. */
  void delete(Set<String> labels) throws IOException {
    for (Path place : places()) {
      if (labels.contains(label(place))) {
        delete(place);
      }
    }
  }

  private List<Path> places(String label) throws IOException {
    return places().stream().filter(place -> label(place).equals(label)).toList();
  }

  private List<Path> places() throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> places = Files.newDirectoryStream(directory)) {
        places.forEach(found::add);
      }
    }
    return found;
  }

  private static String label(Path place) {
    String name = String.valueOf(place.getFileName());
    return name.substring(0, Math.max(0, name.lastIndexOf('-')));
  }

  private static List<Path> originals(Path place) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
      for (Path file : files) {
        if (!String.valueOf(file.getFileName()).equals(TrashNote.FILE)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** Deletes for good what has been here longer than {@link #KEPT}. */
  public void purge() {
    Instant limit = clock.instant().minus(KEPT);
    try {
      for (Path place : places()) {
        if (Files.getLastModifiedTime(place).toInstant().isBefore(limit)) {
          delete(place);
        }
      }
    } catch (IOException e) {
      LOG.warn("The trash could not be emptied: {}", e.getMessage());
    }
  }

  private static void delete(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
    Files.delete(place);
  }
}
