package dev.zhiku.ingest.child;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A directory that only its owner may enter, and that can be emptied at any time. */
final class PrivateDirectory {
  private final Path path;

  private PrivateDirectory(Path path) {
    this.path = path;
  }

  /** Makes it, with its parents, or takes what is there; then empties it. */
  static PrivateDirectory open(Path path) throws IOException {
    Files.createDirectories(path);
    PosixFileAttributeView posix =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (posix != null) {
      posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
    }
    PrivateDirectory directory = new PrivateDirectory(path);
    directory.empty();
    return directory;
  }

  Path path() {
    return path;
  }

  /** Deletes what is in it, following no link; what is gone already is no error. */
  void empty() throws IOException {
    Files.walkFileTree(path, new Emptying(path));
  }

  private static final class Emptying extends SimpleFileVisitor<Path> {
    private final Path root;

    Emptying(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (!directory.equals(root)) {
        Files.deleteIfExists(directory);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
