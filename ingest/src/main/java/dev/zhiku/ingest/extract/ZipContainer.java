package dev.zhiku.ingest.extract;

import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Looks at what a ZIP container says it unpacks to, before anybody unpacks it: documents of office
 * programs and books are such containers, and their parsers unpack without asking.
 */
final class ZipContainer {
  private static final int ENTRIES_PER_FILE = 100;

  private ZipContainer() {}

  /**
   * The limit that the container goes beyond; empty if none, or if the file is no ZIP container.
   */
  static Optional<Reason> problem(Path file, long size, ExtractLimits limits) throws IOException {
    if (!isZip(file)) {
      return Optional.empty();
    }
    try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.ISO_8859_1)) {
      long unpacked = zip.stream().mapToLong(ZipEntry::getSize).filter(n -> n > 0).sum();
      return problem(unpacked, zip.size(), size, limits);
    } catch (IOException | IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private static Optional<Reason> problem(
      long unpacked, int entries, long size, ExtractLimits limits) {
    if (unpacked > limits.unpackedBytes()) {
      return reason("more than " + (limits.unpackedBytes() >> 20) + " MB unpacked");
    }
    if (unpacked > ExtractLimits.RATIO_FREE_BYTES && unpacked / limits.unpackRatio() > size) {
      return reason("unpacks to more than " + limits.unpackRatio() + " times its size");
    }
    long mostEntries = (long) limits.innerFiles() * ENTRIES_PER_FILE;
    return entries > mostEntries
        ? reason("more than " + mostEntries + " entries")
        : Optional.empty();
  }

  private static Optional<Reason> reason(String limit) {
    return Optional.of(new Reason(ReasonCode.UNPACK_LIMIT, limit));
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] magic = in.readNBytes(4);
      return magic.length == 4
          && magic[0] == 'P'
          && magic[1] == 'K'
          && magic[2] == 3
          && magic[3] == 4;
    }
  }
}
