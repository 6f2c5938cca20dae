package dev.zhiku.ingest;

/**
 * How much the ingest takes on.
 *
 * @param maxFileBytes larger files are not read
 * @param workers files on their way at once, 2 to 64; one of them takes the large files, one after
 *     another, the others never do
 */
public record IngestLimits(long maxFileBytes, int workers) {
  public static final IngestLimits DEFAULT = new IngestLimits(512L << 20, 3);

  public IngestLimits {
    if (maxFileBytes < 1) {
      throw new IllegalArgumentException("maxFileBytes must be 1 or more, got " + maxFileBytes);
    }
    if (workers < 2 || workers > 64) {
      throw new IllegalArgumentException("workers must be 2..64, got " + workers);
    }
  }
}
