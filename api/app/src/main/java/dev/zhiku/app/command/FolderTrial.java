package dev.zhiku.app.command;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.ingest.pipeline.IngestOutcome;
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
  Trial read(String path) throws InterruptedException;

  /**
   * What came of one file.
   *
   * @param recognized text recognition looked at its pictures
   * @param share of it that was read, more than 0 and at most 1: of a long scan only some pages are
   */
  record Trial(IngestOutcome outcome, boolean recognized, double share) {}

  /** What the index holds so far, on disk. */
  long indexBytes() throws InterruptedException;

  @Override
  void close();
}
