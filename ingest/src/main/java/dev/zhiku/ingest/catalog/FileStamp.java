package dev.zhiku.ingest.catalog;

import java.time.Instant;

/**
 * What tells a file's version without reading it.
 *
 * @param size bytes
 * @param modifiedAt the file's own time stamp, as exact as the file system keeps it
 * @param fileKey the inode or what the system has for one; empty where it has none
 */
public record FileStamp(long size, Instant modifiedAt, String fileKey) {
  /** Longest file key kept. */
  public static final int MAX_KEY = 64;

  public FileStamp {
    if (size < 0 || fileKey.length() > MAX_KEY) {
      throw new IllegalArgumentException("no file has size " + size + " and key " + fileKey);
    }
  }

  /** Whether the bytes can be taken to be the same, wherever the file lies now. */
  public boolean sameContent(FileStamp other) {
    return size == other.size && modifiedAt.equals(other.modifiedAt);
  }

  /** Whether this is the same file in the same version, perhaps under another name. */
  public boolean sameFile(FileStamp other) {
    return !fileKey.isEmpty() && equals(other);
  }
}
