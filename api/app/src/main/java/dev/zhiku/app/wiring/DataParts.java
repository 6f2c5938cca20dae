package dev.zhiku.app.wiring;

import dev.zhiku.index.lucene.HeldIndex;
import dev.zhiku.server.backup.BackupPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a data folder that belong into a backup. */
final class DataParts {
  /** Of the instance that has the folder open, and of no other; the last is there for moments. */
  private static final Set<String> PASSING =
      Set.of("zhiku.lock", "running.properties", "room-to-write");

  /** Keys and settings have less. */
  private static final int SMALL_BYTES = 1 << 20;

  private DataParts() {}

  /** Keys, settings and words: what lies in the folder itself. */
  static List<BackupPart> settings(Path data) throws IOException {
    List<BackupPart> parts = new ArrayList<>();
    for (BackupPart part : files(data, "")) {
      if (!PASSING.contains(part.name())) {
        atOnce(data.resolve(part.name()), part).ifPresent(parts::add);
      }
    }
    return parts;
  }

  /**
   * Reads a small file now: what lies there comes and goes while the service runs. Empty if it has
   * gone since it was listed.
   */
  private static Optional<BackupPart> atOnce(Path file, BackupPart part) throws IOException {
    try {
      return Optional.of(
          Files.size(file) > SMALL_BYTES
              ? part
              : BackupPart.of(part.name(), Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  static List<BackupPart> index(HeldIndex held) {
    List<BackupPart> parts = new ArrayList<>();
    parts.add(BackupPart.of("index/" + HeldIndex.pointerName(), held.pointer()));
    held.files().forEach((name, file) -> parts.add(BackupPart.of("index/" + name, file)));
    return parts;
  }

  /**
   * The files in a folder, but for unfinished ones and those below it.
   *
   * @param prefix of their names
   */
  static List<BackupPart> files(Path folder, String prefix) throws IOException {
    List<BackupPart> parts = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          String name = prefix + file.getFileName();
          if (BackupPart.isSafe(name) && !name.endsWith(".new")) {
            parts.add(BackupPart.of(name, file));
          }
        }
      }
    }
    return parts;
  }
}
