package dev.zhiku.ingest.pipeline;

import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.source.FileHash;
import dev.zhiku.ingest.source.SourceRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/**
 * A file's bytes at one moment, where nobody else writes: what is hashed is what is parsed. Whoever
 * makes it closes it, which deletes the copy.
 */
record PrivateCopy(Path file, FileStamp stamp, String sha256) implements AutoCloseable {
  /** Readings of a file that changes while it is read. */
  static final int TRIES = 3;

  private static final String PREFIX = "read-";

  /** The failure to make a copy, with its reason. */
  static final class NotCopied extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Reason reason;

    NotCopied(Reason reason) {
      super(reason.code().wireName());
      this.reason = reason;
    }

    Reason reason() {
      return reason;
    }
  }

  /**
   * Copies through one descriptor, hashing, and compares the file's stamp before and after.
   *
   * @param directory private to this service
   */
  static PrivateCopy of(SourceDocument document, Path directory, long maxBytes)
      throws NotCopied, InterruptedException {
    Path target = directory.resolve(PREFIX + document.id().value() + "-" + System.nanoTime());
    boolean copied = false;
    try {
      PrivateCopy copy = copy(document, target, maxBytes);
      copied = true;
      return copy;
    } catch (NotCopied e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new NotCopied(Reason.of(ReasonCode.CHANGED_WHILE_READ));
    } catch (FileHash.SourceUnreadable e) {
      throw new NotCopied(new Reason(ReasonCode.UNREADABLE, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new NotCopied(reason(e));
    } finally {
      if (!copied) {
        deleteQuietly(target);
      }
    }
  }

  private static Reason reason(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    boolean full = message.toLowerCase(Locale.ROOT).contains("space");
    return new Reason(
        full ? ReasonCode.STORAGE_FAILED : ReasonCode.UNREADABLE,
        full ? message : failure.getClass().getSimpleName());
  }

  private static PrivateCopy copy(SourceDocument document, Path target, long maxBytes)
      throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      FileHash hash = new FileHash();
      FileStamp before =
          document.root().reach(document.path(), file -> copyOnce(file, target, maxBytes, hash));
      FileStamp after =
          document.root().reach(document.path(), file -> SourceRoot.stamp(file.attributes()));
      if (before.equals(after) && hash.bytes() == after.size()) {
        return new PrivateCopy(target, after, hash.hex());
      }
    }
    throw new NotCopied(Reason.of(ReasonCode.CHANGED_WHILE_READ));
  }

  private static FileStamp copyOnce(
      SourceRoot.Reached file, Path target, long maxBytes, FileHash hash)
      throws IOException, InterruptedException {
    BasicFileAttributes attributes = file.attributes();
    FileStamp stamp = SourceRoot.stamp(attributes);
    if (!attributes.isRegularFile()) {
      throw new NotCopied(Reason.of(ReasonCode.NOT_A_REGULAR_FILE));
    }
    if (stamp.size() > maxBytes) {
      throw new NotCopied(new Reason(ReasonCode.FILE_TOO_LARGE, megabytes(maxBytes)));
    }
    try (SeekableByteChannel from = file.open();
        FileChannel to =
            FileChannel.open(
                target,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      hash.copy(from, to, stamp.size());
    }
    return stamp;
  }

  private static String megabytes(long bytes) {
    return bytes >= 1 << 20 ? (bytes >> 20) + " MB" : bytes + " bytes";
  }

  /** Deletes what an earlier process could not. */
  static void clear(Path directory) {
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(directory, PREFIX + "*")) {
      copies.forEach(PrivateCopy::deleteQuietly);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the temporary directory " + directory, e);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The whole directory is emptied at the next start.
    }
  }

  @Override
  public void close() {
    deleteQuietly(file);
  }
}
