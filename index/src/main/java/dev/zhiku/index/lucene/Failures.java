package dev.zhiku.index.lucene;

import dev.zhiku.index.IndexException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;

/** Lucene's exceptions as the project's own. */
final class Failures {
  private Failures() {}

  /** An index that cannot be opened. */
  static IndexException opening(Path directory, IOException cause) {
    return switch (cause) {
      case LockObtainFailedException locked -> new IndexException.IndexLocked(directory, locked);
      case IndexFormatTooNewException tooNew -> new IndexException.IndexTooNew(directory, tooNew);
      default -> new IndexException.IndexCorrupt(directory, cause);
    };
  }

  /** An index that cannot be read although it was opened. */
  static IndexException reading(Path directory, Exception cause) {
    return cause instanceof AlreadyClosedException
        ? new IndexException.IndexClosed(cause)
        : new IndexException.IndexCorrupt(directory, cause);
  }
}
