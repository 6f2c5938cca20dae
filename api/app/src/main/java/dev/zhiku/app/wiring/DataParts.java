package dev.zhiku.app.wiring;

import dev.zhiku.index.lucene.HeldIndex;
import dev.zhiku.server.backup.BackupPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a data folder that belong into a backup. */
final class DataParts {
  /** Of the instance that has the folder open, and of no other. */
  private static final Set<String> PASSING = Set.of("zhiku.lock", "running.properties");

  private DataParts() {}

  /** Keys, settings and words: what lies in the folder itself. */
  static List<BackupPart> settings(Path data) throws IOException {
    return files(data, "").stream().filter(part -> !PASSING.contains(part.name())).toList();
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
