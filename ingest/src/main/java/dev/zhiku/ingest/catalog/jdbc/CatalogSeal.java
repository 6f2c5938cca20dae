package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SHA-256 of the catalogue's file, written when it was closed and gone while it is open: H2 has
 * no checksums over its rows. After a crash there is none.
 */
record CatalogSeal(Path database, Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogSeal.class);
  private static final int BUFFER_BYTES = 1 << 16;

  static CatalogSeal of(Path directory) {
    return new CatalogSeal(
        directory.resolve("catalog" + CatalogDatabase.FILE), directory.resolve("catalog.seal"));
  }

  /** The verdict of the seal about the file. */
  enum Found {
    /** It was not closed in order, so nothing is known. */
    NONE,

    /** Not a byte has changed. */
    INTACT,

    /** Something has changed it. */
    BROKEN
  }

  /** Compares and takes the seal away, for the file is going to change. */
  Found breakOpen() {
    try {
      if (!Files.exists(file)) {
        return Found.NONE;
      }
      Found found = compare();
      Files.delete(file);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the seal of the catalogue " + file, e);
    }
  }

  private Found compare() throws IOException {
    if (!Files.exists(database)) {
      return Found.NONE;
    }
    byte[] sealed = Files.readAllBytes(file);
    byte[] now = digest().getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(sealed, now) ? Found.INTACT : Found.BROKEN;
  }

  private String digest() throws IOException {
    try (InputStream in = Files.newInputStream(database);
        DigestInputStream read = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[BUFFER_BYTES];
      while (read.read(buffer) >= 0) {
        // The digest sees what is read.
      }
      return HexFormat.of().formatHex(read.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Seals the file; one that is open, or a full disk, leaves it without, which costs nothing. */
  void write() {
    try {
      if (isOpen()) {
        LOG.warn("The catalogue {} is still open and is not sealed.", database);
        return;
      }
      DurableFile.write(file, digest());
    } catch (IOException e) {
      LOG.warn("The catalogue is not sealed: {}", e.toString());
    }
  }

  /** Whether a process, this one included, has the database open. */
  boolean isOpen() {
    try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
