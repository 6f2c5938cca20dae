package dev.zhiku.ingest.extract;

import java.util.Set;

/** Kinds of pictures that text recognition can look at. */
public final class Pictures {
  private static final Set<String> TYPES =
      Set.of(
          "image/png",
          "image/jpeg",
          "image/tiff",
          "image/gif",
          "image/bmp",
          "image/x-ms-bmp",
          "image/x-portable-anymap",
          "image/x-portable-bitmap",
          "image/x-portable-graymap",
          "image/x-portable-pixmap");

  /** Smaller ones beside text are logos, icons and ornaments, not pages of text. */
  private static final long FEWEST_PIXELS_OF_A_PAGE = 500_000;

  private Pictures() {}

  /** Whether a picture of this size can be a page of text beside other text. */
  public static boolean mayBeAPage(long width, long height) {
    return width * height >= FEWEST_PIXELS_OF_A_PAGE;
  }

  public static boolean mayHoldText(String mediaType) {
    return TYPES.contains(mediaType);
  }
}
