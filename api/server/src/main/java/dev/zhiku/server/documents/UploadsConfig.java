package dev.zhiku.server.documents;

/**
 * {@code zhiku.uploads}.
 *
 * @param enabled whether the service takes and deletes files at all
 * @param maxFileBytes largest upload, 1 byte to 16 GiB
 */
public record UploadsConfig(boolean enabled, long maxFileBytes) {
  private static final long MOST = 16L << 30;

  public UploadsConfig {
    if (maxFileBytes < 1 || maxFileBytes > MOST) {
      throw new IllegalArgumentException(
          "zhiku.uploads.max-file-bytes must be 1.." + MOST + ", got " + maxFileBytes);
    }
  }
}
