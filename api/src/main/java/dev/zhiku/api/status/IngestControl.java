package dev.zhiku.api.status;

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
}
