package dev.zhiku.generators.library;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;

/**
 * What has come of a file so far, {@code NAME.gguf.part}, and where it is from, so that the rest
 * can be asked for later, also after a restart. Used by one thread.
 */
final class PartFile {
  private final Path file;
  private final Path notes;

  PartFile(Path finished) {
    this.file = finished.resolveSibling(finished.getFileName() + ".part");
    this.notes = finished.resolveSibling(finished.getFileName() + ".part.properties");
  }

  /**
   * Where it is from.
   *
   * @param etag of the last reply; empty where it had none that holds for bytes
   * @param total bytes, 0 if nobody knows
   */
  record Origin(String address, Optional<String> etag, String sha256, long total) {}

  Path path() {
    return file;
  }

  /** Empty if nothing has come, or if it is not known from where. */
  Optional<Origin> origin() {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(notes)) {
      read.load(reader);
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      return Optional.of(
          new Origin(
              read.getProperty("address", ""),
              Optional.ofNullable(read.getProperty("etag")),
              read.getProperty("sha256", ""),
              Long.parseLong(read.getProperty("total", "0"))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  long bytes() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** Begins anew, or goes on at the end of what there is. */
  FileChannel open(boolean goOn, Origin origin) throws IOException {
    Properties written = new Properties();
    written.setProperty("address", origin.address());
    origin.etag().ifPresent(etag -> written.setProperty("etag", etag));
    written.setProperty("sha256", origin.sha256());
    written.setProperty("total", Long.toString(origin.total()));
    try (Writer writer = Files.newBufferedWriter(notes)) {
      written.store(writer, null);
    }
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        goOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Forgets where it is from, once the file itself has been moved away. */
  void forget() throws IOException {
    Files.deleteIfExists(notes);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
    forget();
  }
}
