package dev.zhiku.index.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Small files of the data folder, written so that after a crash or a loss of power there is either
 * the content before or the new one, whole. What is written is for the owner alone (0600). The
 * draft lies beside the file under its name and {@code .new}, so one writer at a time may write a
 * file.
 */
public final class DurableFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<OpenOption> WRITE_NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private DurableFile() {}

  /**
   * Replaces the content of a file, or makes it. Durable when it returns.
   *
   * @throws IOException if that fails; the content before stays
   */
  public static void write(Path file, String content) throws IOException {
    take(draft(file, content), file);
  }

  /**
   * Makes a file. Durable when it returns.
   *
   * @throws FileAlreadyExistsException if it exists
   */
  public static void create(Path file, String content) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path draft = draft(file, content);
    try {
      // Unlike an atomic move, neither a link nor a plain move replaces a file that came meanwhile.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(draft, file); // Some file systems know no links.
    } finally {
      Files.deleteIfExists(draft);
    }
    forceFolderOf(file);
  }

  /**
   * The new content of a file, durable beside it.
   *
   * @return what {@link #take} puts in its place
   * @throws IOException if it could not be written; nothing is left of it then
   */
  public static Path draft(Path file, String content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
    try (FileChannel out = FileChannel.open(draft, WRITE_NEW, ownerOnly(file))) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    return draft;
  }

  /**
   * Puts a file, whose content is durable, in the place of another in the same file system, or
   * where none is. Durable when it returns.
   */
  public static void take(Path written, Path file) throws IOException {
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolderOf(file);
  }

  /** Makes the content of a file durable that was written by other means. */
  public static void force(Path file) throws IOException {
    boolean directory = Files.isDirectory(file);
    if (directory && !isPosix(file)) {
      return; // Windows opens no folders, and keeps their entries in order by itself.
    }
    OpenOption how = directory ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(file, how)) {
      channel.force(true);
    }
  }

  private static void forceFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      force(folder);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return isPosix(file)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
