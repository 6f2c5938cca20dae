package dev.zhiku.ingest.pipeline;

import java.util.List;

/**
 * Whoever looks at the text of documents before it is stored, for what should stand in none.
 * Thread-safe. What it throws is logged and stops no document.
 */
public interface TextWatch {
  /** Looks at nothing. */
  TextWatch NONE = (document, texts) -> {};

  /**
   * Called for each version of a document that is new to the index; once more for the same if the
   * process ends before it is stored.
   *
   * @param texts all words of the document, each block of it, row or cell by itself; its path comes
   *     with the document
   */
  void read(SourceDocument document, List<String> texts);
}
