package dev.zhiku.ingest.source;

import dev.zhiku.ingest.catalog.FileStamp;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source's folder, reached part by part without following links, so that nobody can lead a read
 * out of it by exchanging a folder for a link. Thread-safe.
 */
public final class SourceRoot {
  private static final Pattern UNIX_KEY = Pattern.compile("\\(dev=([0-9a-f]+),ino=(\\d+)\\)");
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private final Path folder;

  /** The folder need not exist yet. */
  public SourceRoot(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  Path folder() {
    return folder;
  }

  /** The path as the system's own; it may be anything or nothing. */
  Path resolve(String path) {
    return folder.resolve(path);
  }

  /** The path inside the folder, {@code /} between its parts; empty for the folder itself. */
  String relative(Path file) {
    return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  /** A file reached safely, good until the step that got it returns. */
  public interface Reached {
    /** Of the file itself, if it is a link then of the link. */
    BasicFileAttributes attributes() throws IOException;

    /** For reading; refuses a link. */
    SeekableByteChannel open() throws IOException;
  }

  /** The work done with a file. */
  public interface Step<T> {
    T with(Reached file) throws IOException, InterruptedException;
  }

  /**
   * Does something with one file.
   *
   * @throws NoSuchFileException if there is none
   * @throws IOException also if a part of the path is a link
   */
  public <T> T reach(String path, Step<T> step) throws IOException, InterruptedException {
    Path relative = folder.getFileSystem().getPath(path);
    try (DirectoryStream<Path> top = Files.newDirectoryStream(folder)) {
      if (top instanceof SecureDirectoryStream<Path> secure) {
        return descend(secure, relative, 0, step);
      }
    }
    return plainly(relative, step);
  }

  private <T> T descend(
      SecureDirectoryStream<Path> directory, Path relative, int part, Step<T> step)
      throws IOException, InterruptedException {
    Path name = relative.getName(part);
    if (part < relative.getNameCount() - 1) {
      try (SecureDirectoryStream<Path> next =
          directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        return descend(next, relative, part + 1, step);
      }
    }
    return step.with(
        new Reached() {
          @Override
          public BasicFileAttributes attributes() throws IOException {
            return directory
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
          }

          @Override
          public SeekableByteChannel open() throws IOException {
            return directory.newByteChannel(name, READ);
          }
        });
  }

  /** For systems without {@link SecureDirectoryStream}: checks the real path before opening. */
  private <T> T plainly(Path relative, Step<T> step) throws IOException, InterruptedException {
    Path file = folder.resolve(relative);
    return step.with(
        new Reached() {
          @Override
          public BasicFileAttributes attributes() throws IOException {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          }

          @Override
          public SeekableByteChannel open() throws IOException {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
              throw new FileSystemException(file.toString(), null, "leads out of its source");
            }
            return Files.newByteChannel(file, READ);
          }
        });
  }

  /** Size, time and inode. */
  public static FileStamp stamp(BasicFileAttributes attributes) {
    return new FileStamp(
        attributes.size(), attributes.lastModifiedTime().toInstant(), fileKey(attributes));
  }

  /** The inode alone: a share gets another device number each time it is mounted. */
  private static String fileKey(BasicFileAttributes attributes) {
    String key = String.valueOf(attributes.fileKey());
    Matcher unix = UNIX_KEY.matcher(key);
    if (unix.matches()) {
      return unix.group(2);
    }
    return attributes.fileKey() == null || key.length() > FileStamp.MAX_KEY ? "" : key;
  }

  /** Device and inode of the folder; empty where the system has none. */
  String key() throws IOException {
    Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    return key == null ? "" : key.toString();
  }

  /** The device part of what {@link #key} said. */
  static String device(String key) {
    Matcher unix = UNIX_KEY.matcher(key);
    return unix.matches() ? unix.group(1) : "";
  }
}
