package dev.zhiku.ingest.source;

/** The failure to store, find or delete a file. */
public abstract sealed class SourceFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private SourceFileException(String message) {
    super(message);
  }

  /** No such document, or its file is gone. */
  public static final class NoSuchDocument extends SourceFileException {
    private static final long serialVersionUID = 1L;

    public NoSuchDocument(String id) {
      super("There is no document " + id + ".");
    }
  }

  /** No such source, or none that may be written. */
  public static final class NoSuchSource extends SourceFileException {
    private static final long serialVersionUID = 1L;

    public NoSuchSource(String source) {
      super("There is no source " + source + " that files can be written to.");
    }
  }

  /** The path climbs out of the source, is absolute, or cannot be a file's name here. */
  public static final class OutsideSource extends SourceFileException {
    private static final long serialVersionUID = 1L;

    public OutsideSource(String path) {
      super("The path " + path + " does not stay inside its source.");
    }
  }

  /** Who stores the file may not see what lies there. */
  public static final class NotVisible extends SourceFileException {
    private static final long serialVersionUID = 1L;

    public NotVisible(String path) {
      super("The path " + path + " is none that may be seen.");
    }
  }

  /** A file of that path exists. */
  public static final class Exists extends SourceFileException {
    private static final long serialVersionUID = 1L;

    public Exists(String path) {
      super("There is a file " + path + " already.");
    }
  }

  /** More bytes than the limit. */
  public static final class TooLarge extends SourceFileException {
    private static final long serialVersionUID = 1L;
    private final long limit;

    public TooLarge(long limit) {
      super("The file has more than " + limit + " bytes.");
      this.limit = limit;
    }

    /** Bytes. */
    public long limit() {
      return limit;
    }
  }

  /** The source, or this file in it, may not be written. */
  public static final class ReadOnly extends SourceFileException {
    private static final long serialVersionUID = 1L;

    public ReadOnly(String source) {
      super("Files in the source " + source + " may only be read.");
    }
  }

  /** The source's folder is not there: a share that is not mounted, perhaps. */
  public static final class Offline extends SourceFileException {
    private static final long serialVersionUID = 1L;

    public Offline(String source) {
      super("The folder of the source " + source + " is not there.");
    }
  }

  /** No space left on the volume. */
  public static final class DiskFull extends SourceFileException {
    private static final long serialVersionUID = 1L;

    public DiskFull(String source) {
      super("The disk of the source " + source + " is full.");
    }
  }
}
