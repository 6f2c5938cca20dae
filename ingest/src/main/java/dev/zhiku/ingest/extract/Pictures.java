package dev.zhiku.ingest.extract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

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

  /**
   * Whether a picture has the size of a page of text; its head tells, the rest is not looked at.
   */
  public static boolean mayBeAPage(byte[] picture) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture))) {
      return mayBeAPage(in);
    }
  }

  /** The same for a picture that is read elsewhere. */
  public static boolean mayBeAPage(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      return false;
    }
    ImageReader reader = readers.next();
    try {
      reader.setInput(in);
      return mayBeAPage(reader.getWidth(0), reader.getHeight(0));
    } finally {
      reader.dispose();
    }
  }

  public static boolean mayHoldText(String mediaType) {
    return TYPES.contains(mediaType);
  }
}
