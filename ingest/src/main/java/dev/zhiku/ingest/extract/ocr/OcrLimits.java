package dev.zhiku.ingest.extract.ocr;

import java.time.Duration;

/**
 * What recognising the pictures of one file may take. Reaching a limit keeps what was recognised so
 * far, with a note that names it.
 *
 * @param pixels of one picture or page; larger ones are not looked at
 * @param pageTime of one picture or page
 * @param pages pictures and pages of one file, inner files included
 * @param fileTime after which no further page is begun
 */
public record OcrLimits(long pixels, Duration pageTime, int pages, Duration fileTime) {
  /** 40 million pixels, 60 s, 500 pages, 30 min. */
  public static final OcrLimits DEFAULT =
      new OcrLimits(40_000_000, Duration.ofSeconds(60), 500, Duration.ofMinutes(30));

  public OcrLimits {
    if (pixels < 1 || pages < 1 || !pageTime.isPositive() || !fileTime.isPositive()) {
      throw new IllegalArgumentException(
          "limits of text recognition must be positive, got "
              + pixels
              + " pixels, "
              + pageTime
              + ", "
              + pages
              + " pages, "
              + fileTime);
    }
  }
}
