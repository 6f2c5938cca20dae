package dev.zhiku.ingest.source;

import dev.zhiku.index.DocumentId;

/** The effects of a change of the folder on the index, without reading a file. */
public interface IndexEffects {
  /** The file is gone: so shall be its passages, then its entry. */
  void vanished(DocumentId id) throws InterruptedException;

  /** The file is not to be answered from any more; its entry stays. */
  void refused(DocumentId id) throws InterruptedException;

  /** The file has another path; passages and vectors stay. */
  void moved(DocumentId id, String path) throws InterruptedException;

  /** Files have become due. */
  void due();
}
