package dev.zhiku.ingest.source;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What is written beside a deleted original, so that it can be put back.
 *
 * @param source where it lay
 * @param path inside the source
 * @param deletedBy the name of who deleted it
 */
record TrashNote(String source, String path, String deletedBy) {
  /** Name of the file; that of an original never looks like one of a system. */
  static final String FILE = ".~lock.zhiku-deleted";

  private static final String SOURCE = "source";
  private static final String PATH = "path";
  private static final String BY = "by";

  void write(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(SOURCE, source);
    properties.setProperty(PATH, path);
    properties.setProperty(BY, deletedBy);
    try (Writer out = Files.newBufferedWriter(folder.resolve(FILE))) {
      properties.store(out, null);
    }
  }

  /** Empty where an earlier version has put the original, which wrote none. */
  static Optional<TrashNote> read(Path folder) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve(FILE))) {
      properties.load(in);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException("cannot read " + folder.resolve(FILE), e);
    }
    String source = properties.getProperty(SOURCE);
    String path = properties.getProperty(PATH);
    return source == null || path == null
        ? Optional.empty()
        : Optional.of(new TrashNote(source, path, properties.getProperty(BY, "")));
  }
}
