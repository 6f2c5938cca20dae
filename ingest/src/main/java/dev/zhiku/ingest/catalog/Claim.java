package dev.zhiku.ingest.catalog;

import dev.zhiku.index.DocumentId;

/**
 * A file given to one worker, until its lease ends or the file changes.
 *
 * @param attempts readings of this version, this one included
 * @param revision of the entry when it was claimed; any later change of the file raises it
 */
public record Claim(
    DocumentId id, String source, String path, FileStamp stamp, int attempts, long revision) {

  /** The order in which due files are claimed. */
  public enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  /** Files of about one size wait in one line, so that a big one never holds up small ones. */
  public enum Lane {
    SMALL(1 << 20),
    MEDIUM(16L << 20),
    LARGE(Long.MAX_VALUE),
    /** Files whose pictures are to be recognised, whatever their size. */
    OCR(-1);

    private final long maxBytes;

    Lane(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    /** The lane of a file with so many bytes. */
    public static Lane of(long size) {
      if (size <= SMALL.maxBytes) {
        return SMALL;
      }
      return size <= MEDIUM.maxBytes ? MEDIUM : LARGE;
    }
  }
}
