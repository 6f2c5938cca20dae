package dev.zhiku.index;

/**
 * What is left in the files of an index of passages that were removed from it. Nobody finds them,
 * but their words stand there until the files are merged. Thread-safe. Methods throw {@link
 * IndexException}.
 */
public interface RemovedPassages {
  /** Removed passages and descriptions of a document that still stand in files. */
  int left(DocumentId document) throws InterruptedException;

  /**
   * Rewrites every file that holds something removed, and returns when that is durable. Files that
   * a snapshot or a backup is reading go when it ends. Questions are answered and changes taken
   * meanwhile; costs as much as writing the largest such file anew.
   */
  void expunge() throws InterruptedException;
}
