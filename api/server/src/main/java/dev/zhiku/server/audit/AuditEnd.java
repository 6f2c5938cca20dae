package dev.zhiku.server.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Where the log ends: its last record, and how many bytes of the last file come before what is no
 * record any more.
 */
record AuditEnd(AuditHead head, long bytes) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

  /** The end of the log in these files, the oldest first. */
  static AuditEnd of(List<Path> files) throws IOException {
    AuditHead head = AuditHead.NONE;
    long bytes = 0;
    for (int i = files.size() - 1; i >= 0; i--) {
      AuditEnd end = of(files.get(i));
      if (i == files.size() - 1) {
        bytes = end.bytes();
      }
      if (end.head().number() > 0) {
        head = end.head();
        break;
      }
    }
    return new AuditEnd(head, bytes);
  }

  /** A record elsewhere than at the end that cannot be read stays where it is, to be found. */
  private static AuditEnd of(Path file) throws IOException {
    AuditHead[] head = {AuditHead.NONE};
    long[] end = {0};
    AuditFiles.read(
        file,
        line ->
            AuditRecord.read(line.text())
                .filter(record -> line.whole())
                .ifPresent(
                    record -> {
                      head[0] = record.head();
                      end[0] = line.end();
                    }));
    return new AuditEnd(head[0], end[0]);
  }

  /** Moves what comes after the last record into a file beside; empty if nothing does. */
  Optional<Path> setApart(Path file, Instant now) throws IOException {
    if (Files.size(file) <= bytes) {
      return Optional.empty();
    }
    Path apart = file.resolveSibling("torn-" + STAMP.format(now) + ".txt");
    try (FileChannel log =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel out =
            FileChannel.open(apart, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      log.transferTo(bytes, log.size() - bytes, out);
      out.force(true);
      log.truncate(bytes);
      log.force(true);
    }
    return Optional.of(apart);
  }
}
