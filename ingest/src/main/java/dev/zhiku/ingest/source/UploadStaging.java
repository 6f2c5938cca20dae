package dev.zhiku.ingest.source;

import dev.zhiku.ingest.source.SourceFileException.Offline;
import dev.zhiku.ingest.source.SourceFileException.TooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The hidden place in a source where an upload is written before it appears. It is there only while
 * an upload is under way. Thread-safe.
 */
final class UploadStaging {
  private static final int BUFFER_BYTES = 1 << 16;

  /** The place may be removed under our hands by an upload that ends at this moment. */
  private static final int TRIES = 20;

  private final long maxBytes;

  /**
   * @param maxBytes of one upload
   */
  UploadStaging(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Writes an upload there, forced to disk; whoever asked removes it. */
  Path stage(SourceFolder folder, InputStream content) throws IOException {
    Path root = folder.root().folder();
    if (!Files.isDirectory(root)) {
      // Made anew, it would hide the share that is to be mounted there, and look as if emptied.
      throw new Offline(folder.config().name());
    }
    Path staged = newFile(root.resolve(FileRules.STAGING));
    boolean whole = false;
    try (FileChannel file = FileChannel.open(staged, StandardOpenOption.WRITE)) {
      copy(content, file);
      file.force(true);
      SharedPermissions.giveFile(staged, root);
      whole = true;
    } finally {
      if (!whole) {
        remove(staged);
      }
    }
    return staged;
  }

  private static Path newFile(Path staging) throws IOException {
    for (int n = 1; ; n++) {
      try {
        makeFolder(staging);
        return Files.createFile(staging.resolve(UUID.randomUUID() + ".part"));
      } catch (NoSuchFileException e) {
        if (n == TRIES) {
          throw e;
        }
      }
    }
  }

  private static void makeFolder(Path staging) throws IOException {
    try {
      Files.createDirectory(staging);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(staging, LinkOption.NOFOLLOW_LINKS)
          && Files.exists(staging, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  private void copy(InputStream content, FileChannel file) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      bytes += n;
      if (bytes > maxBytes) {
        throw new TooLarge(maxBytes);
      }
      ByteBuffer part = ByteBuffer.wrap(buffer, 0, n);
      while (part.hasRemaining()) {
        file.write(part);
      }
    }
  }

  /** Removes a staged file, if it was not moved away, and the place with the last one. */
  static void remove(Path staged) throws IOException {
    Files.deleteIfExists(staged);
    Path staging = staged.getParent();
    if (staging != null) {
      try {
        Files.deleteIfExists(staging);
      } catch (DirectoryNotEmptyException e) {
        // Another upload is under way: the last one removes the place.
      }
    }
  }

  /** Removes what uploads left in the source that were cut off by a crash. */
  static void clear(SourceFolder folder) {
    Path staging = folder.root().folder().resolve(FileRules.STAGING);
    if (!Files.isDirectory(staging, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(staging)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(staging);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + staging, e);
    }
  }
}
