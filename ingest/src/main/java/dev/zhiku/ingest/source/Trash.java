package dev.zhiku.ingest.source;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
   */
  void take(Path file, String label) throws IOException {
    Path place = directory.resolve(label + "-" + clock.millis());
    Files.createDirectories(place);
    Files.setLastModifiedTime(place, FileTime.from(clock.instant()));
    Files.move(file, place.resolve(file.getFileName()));
    Files.setLastModifiedTime(place, FileTime.from(clock.instant()));
  }

  /** The files that were taken under a label, with the moment at which each goes by itself. */
  public Map<Path, Instant> taken(String label) throws IOException {
    Map<Path, Instant> found = new TreeMap<>();
    for (Path place : places(label)) {
      Instant end = Files.getLastModifiedTime(place).toInstant().plus(KEPT);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
        files.forEach(file -> found.put(file, end));
      }
    }
    return found;
  }

  /** Deletes for good what was taken under a label. */
  public void delete(String label) throws IOException {
    for (Path place : places(label)) {
      delete(place);
    }
  }

  private List<Path> places(String label) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> places = Files.newDirectoryStream(directory)) {
        for (Path place : places) {
          String name = String.valueOf(place.getFileName());
          if (name.substring(0, Math.max(0, name.lastIndexOf('-'))).equals(label)) {
            found.add(place);
          }
        }
      }
    }
    return found;
  }

  /** Deletes for good what has been here longer than {@link #KEPT}. */
  public void purge() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    Instant limit = clock.instant().minus(KEPT);
    try (DirectoryStream<Path> places = Files.newDirectoryStream(directory)) {
      for (Path place : places) {
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
