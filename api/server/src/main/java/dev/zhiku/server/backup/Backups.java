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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes backups of a data folder, one at a time. Thread-safe. */
public final class Backups {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Path scheduled;
  private final int keep;
  private final Stores stores;
  private final String version;
  private final Clock clock;
  private final ReentrantLock making = new ReentrantLock();

  /** Why a backup is made, which its name tells. */
  public enum Kind {
    /** Somebody asked for it. */
    ASKED("zhiku-"),
    /** It was due. */
    SCHEDULED("zhiku-scheduled-"),
    /** The databases are about to be brought up to date. */
    BEFORE_UPGRADE("zhiku-before-upgrade-");

    private final String prefix;
    private final Pattern name;

    Kind(String prefix) {
      this.prefix = prefix;
      this.name = Pattern.compile(Pattern.quote(prefix) + "(\\d{8}T\\d{9})\\.backup");
    }

    Path file(Path folder, Instant now) {
      return folder.resolve(prefix + STAMP.format(now) + ".backup");
    }

    /** When a file was made; empty for what is none of this kind. */
    Optional<Instant> madeAt(Path file) {
      Matcher matcher = name.matcher(String.valueOf(file.getFileName()));
      return matcher.matches()
          ? Optional.of(Instant.from(STAMP.parse(matcher.group(1))))
          : Optional.empty();
    }
  }

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
   * @param scheduled where those are put that were due; empty for the same
   * @param keep newest ones of each kind that are kept
   * @param version of Zhiku
   */
  public Backups(
      Path folder, Optional<Path> scheduled, int keep, Stores stores, String version, Clock clock) {
    this.folder = folder;
    this.scheduled = scheduled.orElse(folder);
    this.keep = keep;
    this.stores = stores;
    this.version = version;
    this.clock = clock;
  }

  /**
   * Makes a backup that is not encrypted; durable when this returns, and nothing is left if not.
   * Older ones of its kind go, but for the newest.
   */
  public Made make(Kind kind) throws IOException, InterruptedException {
    making.lockInterruptibly();
    try {
      Files.createDirectories(where(kind));
      Made made = write(kind);
      prune(kind);
      return made;
    } finally {
      making.unlock();
    }
  }

  /** When the newest of a kind was made; empty if there is none. */
  Optional<Instant> newest(Kind kind) throws IOException {
    return files(kind).stream().map(kind::madeAt).flatMap(Optional::stream).findFirst();
  }

  private Path where(Kind kind) {
    return kind == Kind.SCHEDULED ? scheduled : folder;
  }

  /** The newest first. */
  private List<Path> files(Kind kind) throws IOException {
    Path where = where(kind);
    if (!Files.isDirectory(where)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(where)) {
      return files
          .filter(file -> kind.madeAt(file).isPresent())
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private void prune(Kind kind) throws IOException {
    for (Path old : files(kind).stream().skip(keep).toList()) {
      Files.deleteIfExists(old);
    }
  }

  private Made write(Kind kind) throws IOException, InterruptedException {
    try (Held held = stores.hold()) {
      Instant now = clock.instant();
      Path file = kind.file(where(kind), now);
      BackupArchive archive = new BackupArchive(file, Optional.empty(), version);
      Manifest[] manifest = new Manifest[1];
      writeNew(file, out -> manifest[0] = archive.write(out, now, held.epochs(), held.parts()));
      return new Made(file, manifest[0], held.pause());
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
