package dev.zhiku.api.command;

import dev.zhiku.api.config.ZhikuConfig;
import dev.zhiku.ingest.IngestOutcome;
import java.nio.file.Path;

/** Reads some files of a folder as the service would, into stores that are thrown away. */
public interface FolderTrial extends AutoCloseable {
  /** Opens one for a folder; the wiring behind it is the main class's. */
  interface Opening {
    FolderTrial open(ZhikuConfig config, Path folder) throws InterruptedException;
  }

  /**
   * Reads one file to its end, embedding and storing included.
   *
   * @param path inside the folder
   */
  IngestOutcome read(String path) throws InterruptedException;

  /** What the index holds so far, on disk. */
  long indexBytes() throws InterruptedException;

  @Override
  void close();
}
