package dev.zhiku.ingest.source;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Files that a cloud drive such as OneDrive shows although their bytes are elsewhere: opening one
 * downloads it. Windows tells by the file's attributes. On other systems nothing that Java can see
 * tells them from files that are here.
 */
final class CloudPlaceholder {
  private static final boolean ON_WINDOWS = File.separatorChar == '\\';
  private static final int OFFLINE = 0x1000;
  private static final int RECALL_ON_OPEN = 0x40000;
  private static final int RECALL_ON_DATA_ACCESS = 0x400000;

  private CloudPlaceholder() {}

  /** Looks at the attributes alone, never at the content. */
  static boolean is(Path file) {
    if (!ON_WINDOWS) {
      return false;
    }
    try {
      return Files.getAttribute(file, "dos:attributes", LinkOption.NOFOLLOW_LINKS)
              instanceof Integer attributes
          && toldBy(attributes);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * @param attributes as Windows keeps them
   */
  static boolean toldBy(int attributes) {
    return (attributes & (OFFLINE | RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS)) != 0;
  }
}
