package dev.zhiku.index;

import java.nio.file.Path;

/** Failures of an index, sorted by what the caller can do about them. */
public abstract sealed class IndexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private IndexException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Another process has the index open: stop that one, or use another data directory. */
  public static final class IndexLocked extends IndexException {
    private static final long serialVersionUID = 1L;

    public IndexLocked(Path directory, Throwable cause) {
      super("The index in " + directory + " is open in another process.", cause);
    }
  }

  /** Written by a newer version: start that version, or delete the index and let it be rebuilt. */
  public static final class IndexTooNew extends IndexException {
    private static final long serialVersionUID = 1L;

    public IndexTooNew(Path directory, Throwable cause) {
      super("The index in " + directory + " was written by a newer version.", cause);
    }
  }

  /** Damaged: it can be deleted and rebuilt from the sources. */
  public static final class IndexCorrupt extends IndexException {
    private static final long serialVersionUID = 1L;

    public IndexCorrupt(Path directory, Throwable cause) {
      super("The index in " + directory + " is damaged: " + cause.getMessage(), cause);
    }
  }

  /**
   * A write failed (disk full, an I/O error); the last commit stands, the change may be retried.
   */
  public static final class WriteFailed extends IndexException {
    private static final long serialVersionUID = 1L;

    public WriteFailed(String what, Throwable cause) {
      super(what + " failed: " + cause.getMessage() + " The last commit stands.", cause);
    }
  }

  /** Used after {@code close()}. */
  public static final class IndexClosed extends IndexException {
    private static final long serialVersionUID = 1L;

    public IndexClosed(Throwable cause) {
      super("The index is closed.", cause);
    }
  }
}
