package dev.zhiku.ingest.pipeline;

import dev.zhiku.ingest.extract.ExtractLimits;

/**
 * The limits of what the ingest takes on.
 *
 * @param maxFileBytes larger files are not read
 * @param workers files on their way at once, 2 to 64; one of them takes the large files, one after
 *     another, the others never do
 * @param charactersAhead of text that was read and is not stored yet, all files together, in UTF-16
 *     units; {@link #LONGEST_TEXT} or more. A file that is being read counts with that many
 */
public record IngestLimits(long maxFileBytes, int workers, int charactersAhead) {
  /** Nobody reads more of a file. */
  static final int LONGEST_TEXT = ExtractLimits.DEFAULT.textCharacters();

  private static final int MAX_WORKERS = 64;

  /** For two parsers on this machine. */
  public static final IngestLimits DEFAULT = of(512L << 20, 2);

  public IngestLimits {
    if (maxFileBytes < 1) {
      throw new IllegalArgumentException("maxFileBytes must be 1 or more, got " + maxFileBytes);
    }
    if (workers < 2 || workers > MAX_WORKERS) {
      throw new IllegalArgumentException("workers must be 2..64, got " + workers);
    }
    if (charactersAhead < LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "charactersAhead must be " + LONGEST_TEXT + " or more, got " + charactersAhead);
    }
  }

  /**
   * As many files on their way as keep parsers and models busy: one for each parser, two for each
   * core that embeds, so that its next text waits when it is done with one, and two that are being
   * stored. As much text ahead as all parsers may bring at once, and two of the longest more.
   */
  public static IngestLimits of(long maxFileBytes, int parsers) {
    int cores = Runtime.getRuntime().availableProcessors();
    int workers = Math.min(MAX_WORKERS, parsers + 2 * cores + 2);
    return new IngestLimits(maxFileBytes, workers, (parsers + 2) * LONGEST_TEXT);
  }
}
