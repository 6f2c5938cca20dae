package dev.zhiku.dist;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Folders as a whole. */
final class Folders {
  private Folders() {}

  /** All regular files below, also behind links, sorted. */
  static List<Path> files(Path folder) throws IOException {
    try (var below = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return below.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The path below the folder, with slashes. */
  static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
