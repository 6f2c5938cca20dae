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

  private Pictures() {}

  public static boolean mayHoldText(String mediaType) {
    return TYPES.contains(mediaType);
  }
}
