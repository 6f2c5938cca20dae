package dev.zhiku.ingest.catalog;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.ingest.outcome.Reason;

/** A finding of a scan about one file. */
public sealed interface FileChange {
  DocumentId id();

  /**
   * A file seen for the first time.
   *
   * @param stable nobody writes to it, it may be read at once
   */
  record Appeared(DocumentId id, String source, String path, FileStamp stamp, boolean stable)
      implements FileChange {}

  /** Another version under the same path; what is answered stays until the new one is read. */
  record Changed(DocumentId id, FileStamp stamp, boolean stable) implements FileChange {}

  /** Nobody writes to it any more. */
  record Stable(DocumentId id) implements FileChange {}

  /**
   * The same file under another path of its source. It is read again if meanwhile another version
   * than the one that was recognised has been written down, for then nobody knows what it holds.
   *
   * @param stamp what the file shows at its new path
   * @param recognised what was written down when the file was recognised
   */
  record Moved(DocumentId id, String path, FileStamp stamp, FileStamp recognised)
      implements FileChange {}

  /** A file that is not to be read; seen for the first time or known before. */
  record Refused(DocumentId id, String source, String path, FileStamp stamp, Reason reason)
      implements FileChange {}

  /** The file is gone: from now on no listing and no count has it. */
  record Vanished(DocumentId id) implements FileChange {}

  /** An indexed document that the catalogue did not know: it comes back under its own id. */
  record Adopted(DocumentMeta document, int passages, long epoch) implements FileChange {
    @Override
    public DocumentId id() {
      return document.id();
    }
  }

  /**
   * To be read again.
   *
   * @param fresh attempts count from 0 again
   */
  record Requeued(DocumentId id, boolean fresh) implements FileChange {}
}
