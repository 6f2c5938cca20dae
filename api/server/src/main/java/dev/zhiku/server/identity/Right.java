package dev.zhiku.server.identity;

/** What a request may need. */
public enum Right {
  /** See how the service is. */
  STATUS,
  /** Read documents and ask. */
  READ,
  /** Add documents. */
  UPLOAD,
  /** See who may do what, and who changed it. */
  AUDIT,
  /** Change anything. */
  ADMINISTER
}
