package dev.zhiku.server.access;

/** What a key may do; a higher one may do everything a lower one may. */
public enum Role {
  /** Read and ask. */
  READER,
  /** Also upload, delete, retry, and change models and settings. */
  ADMIN;

  boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
