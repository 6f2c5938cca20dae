package dev.zhiku.server.backup;

import dev.zhiku.index.file.DurableFile;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Makes backups of a data folder, one at a time. Thread-safe. */
public final class Backups {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Stores stores;
  private final String version;
  private final Clock clock;
  private final ReentrantLock making = new ReentrantLock();

  /** What a backup is made of. */
  public interface Stores {
    /** All of it as of one moment, while it goes on being used. */
    Held hold() throws IOException, InterruptedException;
  }

  /**
   * Everything as of one moment.
   *
   * @param pause for how long changes of the documents had to wait
   * @param release lets go of it
   */
  public record Held(
      Map<String, Long> epochs, List<BackupPart> parts, Duration pause, Runnable release)
      implements AutoCloseable {
    public Held {
      epochs = Map.copyOf(epochs);
      parts = List.copyOf(parts);
    }

    @Override
    public void close() {
      release.run();
    }
  }

  /**
   * A backup that was made.
   *
   * @param pause for how long changes of the documents had to wait
   */
  public record Made(Path file, Manifest manifest, Duration pause) {}

  /**
   * @param folder where backups are put
   * @param version of Zhiku
   */
  public Backups(Path folder, Stores stores, String version, Clock clock) {
    this.folder = folder;
    this.stores = stores;
    this.version = version;
    this.clock = clock;
  }

  /**
   * Makes a backup that is not encrypted; durable when this returns, and nothing is left if not.
   */
  public Made make() throws IOException, InterruptedException {
    making.lockInterruptibly();
    try (Held held = stores.hold()) {
      Instant now = clock.instant();
      Path file = folder.resolve("zhiku-" + STAMP.format(now) + ".backup");
      BackupArchive archive = new BackupArchive(file, Optional.empty(), version);
      Manifest[] manifest = new Manifest[1];
      writeNew(file, out -> manifest[0] = archive.write(out, now, held.epochs(), held.parts()));
      return new Made(file, manifest[0], held.pause());
    } finally {
      making.unlock();
    }
  }

  /** Copies a backup that is not encrypted to an encrypted one, which is made. */
  public static void encrypt(Path plain, Path file, String passphrase) throws IOException {
    writeNew(
        file,
        out -> {
          try (OutputStream encrypted = Encryption.to(out, passphrase.toCharArray())) {
            Files.copy(plain, encrypted);
          }
        });
  }

  /** Copies a backup as it is to a file, which is made. */
  public static void copy(Path plain, Path file) throws IOException {
    writeNew(file, out -> Files.copy(plain, out));
  }

  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** For the owner alone, and under its name only when it is whole. */
  private static void writeNew(Path file, Content content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    boolean done = false;
    try (FileChannel channel =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(file))) {
      content.write(new Unclosed(channel));
      channel.force(true);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(draft);
      }
    }
    DurableFile.take(draft, file);
  }

  /** Lets the file be forced to the disk after everything was written. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(FileChannel channel) {
      super(Channels.newOutputStream(channel));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
