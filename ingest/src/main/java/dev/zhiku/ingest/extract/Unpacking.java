package dev.zhiku.ingest.extract;

import dev.zhiku.ingest.outcome.IngestText;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks the files inside one file. Each is copied under a name of our own, read and deleted, one
 * per level at a time; depth, count, bytes and ratio are counted over all of them. Of an empty file
 * its name is kept, which is all that it says.
 */
final class Unpacking implements BlockSink.InnerFiles {
  private static final int BUFFER_BYTES = 64 << 10;

  private final LocalExtractor extractor;
  private final ExtractLimits limits;
  private final Path temporaryDirectory;
  private final long outermostBytes;
  private int files;
  private long bytes;
  private @Nullable Reason problem;

  Unpacking(
      LocalExtractor extractor,
      ExtractLimits limits,
      Path temporaryDirectory,
      long outermostBytes) {
    this.extractor = extractor;
    this.limits = limits;
    this.temporaryDirectory = temporaryDirectory;
    this.outermostBytes = outermostBytes;
  }

  /** The reason for which the first unreadable inner file could not be read. */
  Optional<Reason> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public boolean admits(String name, int depth, BlockSink sink) {
    if (depth > limits.innerDepth()) {
      keep(name, sink, limit("more than " + limits.innerDepth() + " levels of files inside files"));
      return false;
    }
    if (files >= limits.innerFiles()) {
      keep(name, sink, limit("more than " + limits.innerFiles() + " files inside"));
      return false;
    }
    files++;
    return true;
  }

  @Override
  public void read(String name, InputStream content, int depth, BlockSink sink) throws IOException {
    if (!admits(name, depth, sink)) {
      return;
    }
    Path copy = Files.createTempFile(temporaryDirectory, "inner", ".bin");
    try {
      Optional<Reason> reason = copy(content, copy);
      if (reason.isEmpty() && Files.size(copy) == 0 && depth == sink.depth()) {
        sink.paragraph(name, Block.Place.WHOLE);
      } else if (reason.isEmpty()) {
        reason = extractor.readInner(copy, name, sink);
      }
      reason.ifPresent(found -> keep(name, sink, found));
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private Optional<Reason> copy(InputStream content, Path copy) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = Files.newOutputStream(copy)) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        bytes += n;
        if (bytes > limits.unpackedBytes()) {
          return Optional.of(limit("more than " + (limits.unpackedBytes() >> 20) + " MB unpacked"));
        }
        if (bytes > allowedByRatio()) {
          return Optional.of(
              limit("unpacks to more than " + limits.unpackRatio() + " times its size"));
        }
        out.write(buffer, 0, n);
      }
    }
    return Optional.empty();
  }

  private long allowedByRatio() {
    return Math.max(ExtractLimits.RATIO_FREE_BYTES, outermostBytes * limits.unpackRatio());
  }

  private void keep(String name, BlockSink sink, Reason reason) {
    if (problem == null || reason.code() == ReasonCode.UNPACK_LIMIT) {
      problem = reason;
    }
    if (reason.code() == ReasonCode.OCR_NOT_INSTALLED) {
      sink.unreadPictures();
    }
    if (reason.code() == ReasonCode.UNPACK_LIMIT) {
      sink.note(reason.phrase());
    } else if (reason.code() != ReasonCode.NO_TEXT) {
      String shown = CleanText.line(sink.entry().orElse(name));
      sink.note(IngestText.of("inner.not-read", shown, reason.phrase()));
    }
  }

  private static Reason limit(String what) {
    return new Reason(ReasonCode.UNPACK_LIMIT, what);
  }
}
