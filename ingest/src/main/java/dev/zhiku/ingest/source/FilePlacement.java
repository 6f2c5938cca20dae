package dev.zhiku.ingest.source;

import dev.zhiku.ingest.source.SourceFileException.Exists;
import dev.zhiku.ingest.source.SourceFileException.OutsideSource;
import dev.zhiku.ingest.source.SourceFiles.OnConflict;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The step by which a staged file gets its name in its source. */
final class FilePlacement {
  /** Most names tried for {@link OnConflict#RENAME}. */
  static final int MAX_NAMES = 10_000;

  private FilePlacement() {}

  /**
   * Gives a staged file its name, in one step.
   *
   * @return the path that it has then
   * @throws Exists if something has that name, as the conflict asks
   */
  static UploadPath place(SourceFolder folder, Path staged, UploadPath wanted, OnConflict conflict)
      throws IOException {
    Path directory = makeFolders(folder.root().folder(), wanted);
    switch (conflict) {
      case REPLACE -> {
        Path target = directory.resolve(last(wanted));
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
          throw new Exists(wanted.toString());
        }
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        return wanted;
      }
      case FAIL -> {
        if (!appear(staged, directory.resolve(last(wanted)))) {
          throw new Exists(wanted.toString());
        }
        return wanted;
      }
      case RENAME -> {
        return placeUnderFreeName(directory, staged, wanted);
      }
    }
    throw new IllegalStateException("no such way to handle a conflict: " + conflict);
  }

  private static UploadPath placeUnderFreeName(Path directory, Path staged, UploadPath wanted)
      throws IOException {
    UploadPath path = wanted;
    for (int n = 2; n < MAX_NAMES; n++) {
      if (appear(staged, directory.resolve(last(path)))) {
        return path;
      }
      path = wanted.numbered(n);
    }
    throw new Exists(wanted.toString());
  }

  private static String last(UploadPath path) {
    return path.parts().get(path.parts().size() - 1);
  }

  /** Gives the file its name unless something has it; a hard link tests and sets in one step. */
  private static boolean appear(Path staged, Path target) throws IOException {
    try {
      Files.createLink(target, staged);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      Files.move(staged, target);
      return true;
    }
  }

  /** Makes the folders above the file; each part must be a real folder. */
  private static Path makeFolders(Path root, UploadPath path) throws IOException {
    Path directory = root;
    for (String part : path.parts().subList(0, path.parts().size() - 1)) {
      directory = directory.resolve(part);
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        makeFolder(directory);
      }
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new OutsideSource(path.toString());
      }
    }
    if (!directory.toRealPath().startsWith(root.toRealPath())) {
      throw new OutsideSource(path.toString());
    }
    return directory;
  }

  private static void makeFolder(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
      SharedPermissions.giveFolder(directory);
    } catch (FileAlreadyExistsException e) {
      // Somebody made it at the same moment: it is checked below like any other.
    }
  }
}
