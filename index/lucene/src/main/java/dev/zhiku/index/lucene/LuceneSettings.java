package dev.zhiku.index.lucene;

/**
 * Settings of an index for memory and disk. None of it changes the format.
 *
 * @param ramBufferMegabytes memory for changes not yet on disk, 1 to 1,024
 * @param queuedChanges changes that wait for the writer before callers wait too, 1 to 10,000
 * @param segmentsPerTier how many segments of like size are kept before they are merged, 2 to 30; a
 *     vector query visits each, ten cost about twelve times as much as one
 * @param rescored vectors per list whose exact similarity is computed, 1 to 1,000; a longer list
 *     asked for rescores its own length
 */
public record LuceneSettings(
    int ramBufferMegabytes, int queuedChanges, int segmentsPerTier, int rescored) {
  /** Measured on two cores: see {@code index/docs/measured.md}. */
  public static final LuceneSettings DEFAULT = new LuceneSettings(64, 64, 4, 50);

  public LuceneSettings {
    requireRange("ramBufferMegabytes", ramBufferMegabytes, 1, 1_024);
    requireRange("queuedChanges", queuedChanges, 1, 10_000);
    requireRange("segmentsPerTier", segmentsPerTier, 2, 30);
    requireRange("rescored", rescored, 1, 1_000);
  }

  private static void requireRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + ".." + most + ", got " + value);
    }
  }
}
