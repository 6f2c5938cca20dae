package dev.zhiku.server.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The rule for files that hold secrets: their owner alone reads and writes them (0600). */
final class OwnerOnly {
  private static final Set<PosixFilePermission> ALLOWED =
      PosixFilePermissions.fromString("rw-------");

  private OwnerOnly() {}

  /**
   * @throws IllegalStateException if others may read the file; the message says what to run
   * @throws IOException if there is no such file
   */
  static void check(Path file) throws IOException {
    if (!isPosix(file)) {
      return;
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    if (!ALLOWED.containsAll(found)) {
      throw new IllegalStateException(
          file
              + " may be read by others ("
              + PosixFilePermissions.toString(found)
              + "). Run: chmod 600 "
              + file);
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
