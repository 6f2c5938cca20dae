package dev.zhiku.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of an archive by their paths in it, sorted. */
final class Layout {
  static final int FILE = 0644;
  static final int PROGRAM = 0755;

  private final SortedMap<String, Content> files = new TreeMap<>();

  /** Bytes that are read only when they are written. */
  interface Bytes {
    byte[] read() throws IOException;
  }

  /** A file of an archive. */
  record Content(int mode, Bytes bytes) {}

  SortedMap<String, Content> files() {
    return files;
  }

  void put(String path, int mode, Bytes bytes) {
    files.put(path, new Content(mode, bytes));
  }

  void file(String path, int mode, Path file) {
    put(path, mode, () -> Files.readAllBytes(file));
  }

  void text(String path, int mode, String text) {
    put(path, mode, () -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text whose lines end as Windows has them, whatever the checkout has. */
  void windowsText(String path, Path file) {
    put(
        path,
        FILE,
        () ->
            Files.readString(file)
                .replace("\r\n", "\n")
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8));
  }

  /** All files below a folder; those that may be run there may be run here. */
  void folder(String path, Path folder) throws IOException {
    for (Path file : Folders.files(folder)) {
      file(
          path + "/" + Folders.name(folder, file), Files.isExecutable(file) ? PROGRAM : FILE, file);
    }
  }

  /** All files of another layout below a folder. */
  void below(String path, Layout other) {
    other.files.forEach((name, content) -> files.put(path + "/" + name, content));
  }
}
