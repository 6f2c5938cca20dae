package dev.zhiku.ingest.extract;

import java.nio.file.Path;

/** Reads files. Thread-safe. A bad file is a {@link Extracted.Rejected}, not an exception. */
public interface Extractor extends AutoCloseable {
  /** Changes whenever the same file gives other blocks; part of a document's fingerprint. */
  String version();

  /**
   * @param file a private copy that nobody writes to; deleting it is up to the caller
   * @param name the original's name, a hint for detection, never used as a path
   */
  Extracted extract(Path file, String name) throws InterruptedException;

  @Override
  void close();
}
