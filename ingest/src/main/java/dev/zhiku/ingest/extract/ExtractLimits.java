package dev.zhiku.ingest.extract;

import java.time.Duration;

/**
 * What reading one file may take. Reaching the limits of text, blocks, depth and count keeps what
 * was read so far, with a note; the others reject the file with a reason that names the limit.
 *
 * @param time from handing the file over to its answer
 * @param heapBytes of the child process that reads it
 * @param textCharacters of all blocks together, in UTF-16 units
 * @param blocks paragraphs, headings and rows
 * @param innerDepth levels of files inside files; an attachment's own attachment is the second
 * @param innerFiles files inside the file, at all levels together
 * @param unpackedBytes of all inner files together
 * @param unpackRatio unpacked bytes to the file's own; counts from {@link #RATIO_FREE_BYTES}
 */
public record ExtractLimits(
    Duration time,
    long heapBytes,
    int textCharacters,
    int blocks,
    int innerDepth,
    int innerFiles,
    long unpackedBytes,
    int unpackRatio) {
  /** Unpacking to less than this is never a matter of ratio. */
  public static final long RATIO_FREE_BYTES = 10L << 20;

  /** 60 s, 512 MB, 10 million characters, 200,000 blocks, 10 deep, 1,000 files, 1 GB, 100 to 1. */
  public static final ExtractLimits DEFAULT =
      new ExtractLimits(
          Duration.ofSeconds(60), 512L << 20, 10_000_000, 200_000, 10, 1_000, 1L << 30, 100);

  /** The same with 40 min, for files whose pictures are recognised page by page. */
  public static final ExtractLimits RECOGNIZING =
      new ExtractLimits(
          Duration.ofMinutes(40), 512L << 20, 10_000_000, 200_000, 10, 1_000, 1L << 30, 100);

  public ExtractLimits {
    require(time.isPositive(), "time", time);
    require(heapBytes >= 64L << 20, "heap (64 MB at least)", heapBytes);
    require(textCharacters > 0, "text characters", textCharacters);
    require(blocks > 0, "blocks", blocks);
    require(innerDepth >= 0, "depth of inner files", innerDepth);
    require(innerFiles >= 0, "number of inner files", innerFiles);
    require(unpackedBytes > 0, "unpacked bytes", unpackedBytes);
    require(unpackRatio > 0, "unpack ratio", unpackRatio);
  }

  private static void require(boolean rule, String limit, Object value) {
    if (!rule) {
      throw new IllegalArgumentException("limit of " + limit + " cannot be " + value);
    }
  }
}
