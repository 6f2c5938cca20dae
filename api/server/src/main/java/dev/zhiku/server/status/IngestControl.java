package dev.zhiku.server.status;

import java.util.Optional;
import java.util.OptionalInt;

/** What an administrator may tell the ingest. Thread-safe. */
public interface IngestControl {
  /** No further file is read until {@link #resume}, also after a restart. */
  void pause();

  /** Goes on reading. */
  void resume();

  /**
   * Believes a held source's folder as it is now.
   *
   * @return false if there is no such source
   */
  boolean confirm(String source);

  /**
   * Has files read anew though nothing about them has changed.
   *
   * @param source empty for every source
   * @param path of a file or a folder inside the source; empty for all of it
   * @return how many files wait because of it; empty if there is no such source
   */
  OptionalInt reindex(Optional<String> source, String path) throws InterruptedException;
}
