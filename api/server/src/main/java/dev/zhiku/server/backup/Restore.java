package dev.zhiku.server.backup;

import dev.zhiku.index.file.DurableFile;
import dev.zhiku.server.backup.BackupRefused.Rule;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A backup on its way back: everything is unpacked and checked in a folder beside the one it is
 * for, which is touched by {@link #take} alone. Closed without it, nothing is left of it.
 */
public final class Restore implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

  private final Path target;
  private final Path staged;
  private final Manifest manifest;

  private Restore(Path target, Path staged, Manifest manifest) {
    this.target = target;
    this.staged = staged;
    this.manifest = manifest;
  }

  /**
   * Unpacks and checks a backup beside the folder it is for.
   *
   * @param replace whether there may be something in that folder
   * @throws BackupRefused if it cannot be used, or the folder is not empty
   */
  public static Restore stage(BackupArchive archive, Path target, boolean replace)
      throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    if (!replace && !isEmpty(absolute)) {
      throw new BackupRefused(
          Rule.FOLDER_NOT_EMPTY,
          "There is something in " + absolute + ".",
          "Name another folder with --data, or say --replace: what is there is then kept beside"
              + " it.");
    }
    archive.verify();
    Path parent = Objects.requireNonNull(absolute.getParent(), "the root is no data folder");
    Files.createDirectories(parent);
    Path staged = beside(absolute, ".restoring-");
    makePrivate(staged);
    boolean done = false;
    try {
      Manifest manifest = archive.extract(staged);
      force(staged);
      done = true;
      return new Restore(absolute, staged, manifest);
    } finally {
      if (!done) {
        delete(staged);
      }
    }
  }

  /** Whether nothing is in a folder, or no folder is there. */
  public static boolean isEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  /** Where everything lies until it is taken; what shall be different is changed there. */
  public Path folder() {
    return staged;
  }

  public Manifest manifest() {
    return manifest;
  }

  /**
   * Puts it in its place. What was there is kept beside it under another name.
   *
   * @return where that is; empty if nothing was there
   */
  public Optional<Path> take() throws IOException {
    Optional<Path> aside = Optional.empty();
    if (isEmpty(target)) {
      Files.deleteIfExists(target);
    } else {
      aside = Optional.of(Files.move(target, beside(target, ".before-restore-")));
    }
    try {
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (aside.isPresent()) {
        Files.move(aside.get(), target);
      }
      throw e;
    }
    DurableFile.force(Objects.requireNonNull(target.getParent()));
    return aside;
  }

  private static Path beside(Path folder, String suffix) throws IOException {
    Path path = folder.resolveSibling(folder.getFileName() + suffix + STAMP.format(Instant.now()));
    if (Files.exists(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return path;
  }

  private static void makePrivate(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(folder);
    }
  }

  private static void force(Path folder) throws IOException {
    for (Path each : all(folder)) {
      DurableFile.force(each);
    }
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    for (Path each : all(folder)) {
      Files.delete(each);
    }
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(staged)) {
      delete(staged);
    }
  }
}
