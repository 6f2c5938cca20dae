package dev.zhiku.ingest.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Permissions of what is uploaded: a source is its people's and not the service's, so whoever may
 * look into the folder may read what comes into it, however closed the service's own files are.
 */
final class SharedPermissions {
  private static final Set<PosixFilePermission> RUNNING =
      EnumSet.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE,
          PosixFilePermission.OTHERS_WRITE);

  private SharedPermissions() {}

  /** Gives a new file to those who may look into the folder. */
  static void giveFile(Path file, Path folder) throws IOException {
    if (isPosix(file)) {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
      permissions.removeAll(RUNNING);
      permissions.add(PosixFilePermission.OWNER_READ);
      permissions.add(PosixFilePermission.OWNER_WRITE);
      Files.setPosixFilePermissions(file, permissions);
    }
  }

  /** Gives a new folder to those who may look into the one it lies in. */
  static void giveFolder(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent != null && isPosix(folder)) {
      Files.setPosixFilePermissions(
          folder, Files.getPosixFilePermissions(parent, LinkOption.NOFOLLOW_LINKS));
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
