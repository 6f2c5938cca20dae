package dev.zhiku.ingest.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Further names of a file, which may lie outside the source: whoever may write the folder can so
 * bring in a file that only the service may read. Where they lie cannot be told.
 */
final class HardLinks {
  private static final String COUNT = "unix:nlink";

  private HardLinks() {}

  /** Whether the file has another name; false where the system does not tell. */
  static boolean hasOthers(Path file) {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return false;
    }
    try {
      return Files.getAttribute(file, COUNT, LinkOption.NOFOLLOW_LINKS) instanceof Integer links
          && links > 1;
    } catch (IOException e) {
      return false;
    }
  }
}
