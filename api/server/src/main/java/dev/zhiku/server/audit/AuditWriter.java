package dev.zhiku.server.audit;

import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of the log, where records are appended. Used by one thread at a time. */
final class AuditWriter {
  private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);

  private final Path folder;
  private final AuditFiles files;
  private final AuditConfig config;
  private final Clock clock;
  private Optional<FileChannel> channel = Optional.empty();
  private LocalDate day;
  private long size;
  private AuditHead head;

  private AuditWriter(Path folder, AuditConfig config, Clock clock, LocalDate day, AuditEnd end) {
    this.folder = folder;
    this.files = new AuditFiles(folder);
    this.config = config;
    this.clock = clock;
    this.day = day;
    this.size = end.bytes();
    this.head = end.head();
  }

  static AuditWriter open(Path folder, AuditConfig config, Clock clock) throws IOException {
    List<Path> files = new AuditFiles(folder).list();
    AuditEnd end = AuditEnd.of(files);
    LocalDate day = files.isEmpty() ? today(clock) : AuditFiles.day(files.getLast()).orElseThrow();
    Optional<Path> torn =
        files.isEmpty() ? Optional.empty() : end.setApart(files.getLast(), clock.instant());
    AuditWriter writer = new AuditWriter(folder, config, clock, day, end);
    if (torn.isPresent()) {
      String name = String.valueOf(torn.get().getFileName());
      LOG.warn("The last line of the audit log was not whole; it was set apart as {}", name);
      writer.append(List.of(AuditEvent.ofService("line-torn", name, "set apart")));
    }
    writer.turnTo(today(clock));
    writer.cut();
    return writer;
  }

  private static LocalDate today(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  AuditHead head() {
    return head;
  }

  /**
   * Appends records. Durable when it returns.
   *
   * @return the last of them
   * @throws IOException if that fails; then none of them is there
   */
  AuditHead append(List<AuditEvent> events) throws IOException {
    if (turnTo(today(clock))) {
      cut();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    AuditHead last = head;
    StringBuilder lines = new StringBuilder();
    for (AuditEvent event : events) {
      AuditRecord record = AuditRecord.after(last, now, event);
      lines.append(record.line()).append('\n');
      last = record.head();
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    try {
      write(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      forget();
      throw e;
    }
    size += bytes.length;
    head = last;
    return last;
  }

  private void write(ByteBuffer bytes) throws IOException {
    FileChannel out = opened();
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
    out.force(false);
  }

  /** At the place after the last record: what a failure left behind it goes. */
  private FileChannel opened() throws IOException {
    if (channel.isPresent()) {
      return channel.get();
    }
    Path file = files.of(day);
    boolean made = !Files.exists(file);
    FileChannel opened =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly(file));
    channel = Optional.of(opened);
    opened.truncate(size);
    opened.position(size);
    if (made) {
      DurableFile.force(folder);
    }
    return opened;
  }

  /** Never back: a clock that was set back leaves the records in their order. */
  private boolean turnTo(LocalDate today) {
    if (!today.isAfter(day)) {
      return false;
    }
    close();
    day = today;
    size = 0;
    return true;
  }

  /** Removes the files that are too old, after a record says up to where. */
  private void cut() throws IOException {
    if (config.keepDays() == 0) {
      return;
    }
    LocalDate first = day.minusDays(config.keepDays());
    List<Path> old =
        files.list().stream()
            .filter(file -> AuditFiles.day(file).filter(each -> each.isBefore(first)).isPresent())
            .toList();
    AuditEnd removed = AuditEnd.of(old);
    if (removed.head().number() == 0) {
      return;
    }
    append(List.of(AuditEvent.ofService(AuditCheck.CUT, removed.head().toString(), "removed")));
    for (Path file : old) {
      Files.delete(file);
    }
  }

  private void forget() {
    try {
      close();
    } catch (RuntimeException e) {
      LOG.debug("The file of the audit log cannot be closed", e);
    }
  }

  void close() {
    Optional<FileChannel> open = channel;
    channel = Optional.empty();
    if (open.isPresent()) {
      try {
        open.get().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
