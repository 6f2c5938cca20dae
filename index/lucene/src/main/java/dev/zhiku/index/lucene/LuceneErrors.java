package dev.zhiku.index.lucene;

import dev.zhiku.index.IndexException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;

/** Lucene's exceptions as the project's own. */
final class LuceneErrors {
  private LuceneErrors() {}

  /**
   * An index that cannot be opened. Only what says so is damage: a full disk or a missing
   * permission must not cost anybody their index.
   */
  static IndexException opening(Path directory, Exception cause) {
    return switch (cause) {
      case IndexException known -> known;
      case LockObtainFailedException locked -> new IndexException.IndexLocked(directory, locked);
      case IndexFormatTooNewException tooNew -> new IndexException.IndexTooNew(directory, tooNew);
      case IndexFormatTooOldException old -> new IndexException.IndexCorrupt(directory, old);
      case CorruptIndexException bad -> new IndexException.IndexCorrupt(directory, bad);
      case EOFException cut -> new IndexException.IndexCorrupt(directory, cut);
      case FileNotFoundException missing -> new IndexException.IndexCorrupt(directory, missing);
      case NoSuchFileException missing -> new IndexException.IndexCorrupt(directory, missing);
      case AlreadyClosedException lockLost ->
          new IndexException.WriteFailed("Opening the index in " + directory, lockLost);
      case RuntimeException senseless -> new IndexException.IndexCorrupt(directory, senseless);
      default -> new IndexException.WriteFailed("Opening the index in " + directory, cause);
    };
  }

  /** Whether the failure says that what is on disk is not what was written. */
  static boolean isDamage(Throwable failure) {
    return failure instanceof Exception cause
        && opening(Path.of(""), cause) instanceof IndexException.IndexCorrupt;
  }

  /** An index that cannot be read although it was opened. */
  static IndexException reading(Path directory, Exception cause) {
    return cause instanceof AlreadyClosedException
        ? new IndexException.IndexClosed(cause)
        : new IndexException.IndexCorrupt(directory, cause);
  }
}
