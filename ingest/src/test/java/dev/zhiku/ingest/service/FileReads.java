package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which files of a folder somebody has read, as the file system itself tells: a file last read
 * before it was last written gets a new time of access with the next reading.
 */
final class FileReads {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

  private final Path folder;

  private FileReads(Path folder) {
    this.folder = folder;
  }

  /** Watches from now on; skips the test where the file system does not keep times of access. */
  static FileReads since(Path folder) throws IOException {
    Path probe = Files.writeString(Files.createTempFile(folder.getParent(), "probe", ""), "probe");
    forget(probe);
    Files.readString(probe);
    assumeThat(wasRead(probe)).as("the file system keeps times of access").isTrue();
    Files.delete(probe);
    for (Path file : files(folder)) {
      forget(file);
    }
    return new FileReads(folder);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void forget(Path file) throws IOException {
    Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, LONG_AGO, null);
  }

  private static boolean wasRead(Path file) throws IOException {
    return !Files.getFileAttributeView(file, BasicFileAttributeView.class)
        .readAttributes()
        .lastAccessTime()
        .equals(LONG_AGO);
  }

  /** The files that were read. */
  List<Path> files() throws IOException {
    List<Path> read = new ArrayList<>();
    for (Path file : files(folder)) {
      if (wasRead(file)) {
        read.add(file);
      }
    }
    return read;
  }
}
