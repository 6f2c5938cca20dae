package dev.zhiku.app.start;

import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that holds everything the service owns, readable by its account alone and locked
 * against a second instance while open.
 */
public final class DataFolder implements AutoCloseable {
  private static final String LOCK = "zhiku.lock";
  private static final String RUNNING = "running.properties";
  private static final int EMPTYING_SECONDS = 10;
  private static final int EMPTYING_PAUSE_MILLIS = 50;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

  private final Path root;
  private final FileChannel lockFile;

  private DataFolder(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * Makes the folder if need be and locks it.
   *
   * @throws CannotStart with {@code data-in-use}, with {@code data-too-new} if a later version
   *     wrote it, or with {@code bad-configuration} if the folder cannot be made or written
   */
  public static DataFolder open(Path root) {
    FileChannel lockFile = null;
    try {
      makePrivate(root);
      lockFile =
          FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(lockFile) == null) {
        lockFile.close();
        throw inUse(root);
      }
      checkFormat(root, lockFile);
      closeAllIn(root);
      return new DataFolder(root, lockFile);
    } catch (IOException e) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          "The data folder "
              + root
              + " cannot be used: "
              + e
              + "\nChoose another with --data, or give this account the right to write it.");
    }
  }

  private static void checkFormat(Path root, FileChannel lockFile) throws IOException {
    try {
      DataFormat.check(root);
    } catch (CannotStart | IOException e) {
      lockFile.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Makes a folder that no other account may look into, or closes one that is there already.
   *
   * @throws IOException if it cannot be made; one that belongs to another account is left as it is
   */
  public static void makePrivate(Path folder) throws IOException {
    if (!isPosix(folder)) {
      Files.createDirectories(folder);
    } else if (Files.isDirectory(folder)) {
      close(folder);
    } else {
      Path parent = folder.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
  }

  private static void close(Path folder) throws IOException {
    if (OWNER_ONLY.containsAll(Files.getPosixFilePermissions(folder))) {
      return;
    }
    try {
      Files.setPosixFilePermissions(folder, OWNER_ONLY);
    } catch (FileSystemException e) {
      LOG.warn("Other accounts may look into {}, and this one may not change that.", folder);
    }
  }

  /** Takes from others what earlier versions, or a start without the launcher, let them read. */
  private static void closeAllIn(Path root) throws IOException {
    if (!isPosix(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(path -> !Files.isSymbolicLink(path)).forEach(DataFolder::closeToOthers);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void closeToOthers(Path path) {
    try {
      Set<PosixFilePermission> found =
          Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
      if (found.removeIf(permission -> !OWNER_ONLY.contains(permission))) {
        Files.setPosixFilePermissions(path, found);
      }
    } catch (NoSuchFileException e) {
      // A child of a killed instance removed it.
    } catch (FileSystemException e) {
      LOG.warn("Other accounts may read {}, and this one may not change that.", path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static CannotStart inUse(Path root) {
    String where =
        runningAt(root).map(running -> " It answers at " + running.url() + ".").orElse("");
    return new CannotStart(
        Code.DATA_IN_USE,
        "The data folder "
            + root
            + " is used by another instance of Zhiku."
            + where
            + "\nStop that one first, or start with another folder: --data DIR");
  }

  /** A running service. */
  public record Running(String url, long processId) {}

  /** What the service that has this data folder says of itself; empty if none ever said it. */
  public static Optional<Running> runningAt(Path root) {
    Path file = root.resolve(RUNNING);
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return Optional.of(
          new Running(
              properties.getProperty("url", ""),
              Long.parseLong(properties.getProperty("process-id", "0"))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Lets commands of this machine find the service. */
  public void announce(Running running) {
    Properties properties = new Properties();
    properties.setProperty("url", running.url());
    properties.setProperty("process-id", Long.toString(running.processId()));
    StringWriter content = new StringWriter();
    Path file = root.resolve(RUNNING);
    try {
      properties.store(content, null);
      DurableFile.write(file, content.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private FileAttribute<?>[] privately() {
    return isPosix(root)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  /** A folder below the root, made if need be. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name), privately());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + root.resolve(name), e);
    }
  }

  /**
   * Deletes everything in a folder below the root: what an instance before left there. Where that
   * one was killed a moment ago, its children may still be writing; they end within seconds.
   *
   * @throws UncheckedIOException if something is still there after {@value #EMPTYING_SECONDS} s
   */
  public void empty(String name) throws InterruptedException {
    Path folder = folder(name);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(EMPTYING_SECONDS);
    while (true) {
      try {
        deleteAllIn(folder);
        return;
      } catch (IOException | UncheckedIOException e) {
        if (System.nanoTime() - end > 0) {
          throw new UncheckedIOException(
              "cannot empty the folder " + folder, new IOException(e.getMessage(), e));
        }
        LOG.debug("{} is emptied again: {}", folder, e.toString());
        TimeUnit.MILLISECONDS.sleep(EMPTYING_PAUSE_MILLIS);
      }
    }
  }

  private static void deleteAllIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path :
          all.filter(p -> !p.equals(folder)).sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  public Path root() {
    return root;
  }

  /** Gives the lock back; the announcement goes too. */
  @Override
  public void close() {
    try (lockFile) {
      Files.deleteIfExists(root.resolve(RUNNING));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot leave the data folder " + root, e);
    }
  }
}
