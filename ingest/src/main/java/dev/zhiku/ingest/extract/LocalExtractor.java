package dev.zhiku.ingest.extract;

import dev.zhiku.ingest.outcome.IngestText;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files in this very process: detects the type from the bytes, lets the first reader that
 * takes it read, and turns whatever happens into an outcome. It keeps the limits of text, count,
 * depth and bytes; those of time and heap need a process to be killed, which is why the service
 * runs it in a child. Thread-safe if its readers are.
 */
public final class LocalExtractor implements Extractor {
  private static final Logger LOG = LoggerFactory.getLogger(LocalExtractor.class);
  private static final String UNKNOWN = "application/octet-stream";

  private final String version;
  private final ExtractLimits limits;
  private final TypeDetector detector;
  private final List<FormatReader> readers;
  private final Path temporaryDirectory;

  /**
   * @param version changes whenever one of the readers gives other blocks
   * @param readers in order of preference
   * @param temporaryDirectory for the files inside files
   */
  public LocalExtractor(
      String version,
      ExtractLimits limits,
      TypeDetector detector,
      List<FormatReader> readers,
      Path temporaryDirectory) {
    this.version = version;
    this.limits = limits;
    this.detector = detector;
    this.readers = List.copyOf(readers);
    this.temporaryDirectory = temporaryDirectory;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Extracted extract(Path file, String name) {
    String mediaType = UNKNOWN;
    try {
      long size = Files.size(file);
      if (size == 0) {
        return rejected(mediaType, ReasonCode.EMPTY_FILE);
      }
      mediaType = detector.detect(file, name);
      Optional<Reason> bomb = ZipContainer.problem(file, size, limits);
      if (bomb.isPresent()) {
        return new Extracted.Rejected(mediaType, bomb.get());
      }
      Unpacking unpacking = new Unpacking(this, limits, temporaryDirectory, size);
      BlockSink sink = new BlockSink(limits, unpacking);
      Optional<Reason> problem = read(new InputFile(file, name, mediaType), sink);
      return outcome(mediaType, sink, problem, unpacking.problem());
    } catch (IOException | UncheckedIOException e) {
      LOG.info("{} cannot be opened", mediaType, e);
      return rejected(mediaType, ReasonCode.CORRUPT);
    }
  }

  @Override
  public void close() {}

  /** Reads an inner file into the sink of the outer one. */
  Optional<Reason> readInner(Path file, String name, BlockSink sink) throws IOException {
    long size = Files.size(file);
    if (size == 0) {
      return Optional.empty();
    }
    Optional<Reason> bomb = ZipContainer.problem(file, size, limits);
    return bomb.isPresent()
        ? bomb
        : read(new InputFile(file, name, detector.detect(file, name)), sink);
  }

  private Optional<Reason> read(InputFile file, BlockSink sink) {
    Optional<FormatReader> reader =
        readers.stream().filter(r -> r.reads(file.mediaType())).findFirst();
    if (reader.isEmpty()) {
      return Optional.of(nobodyReads(file.mediaType()));
    }
    try {
      reader.get().read(file, sink);
      return sink.isEmpty() ? Optional.of(Reason.of(ReasonCode.NO_TEXT)) : Optional.empty();
    } catch (UnreadableFileException e) {
      return Optional.of(e.reason());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return sink.isFull() ? Optional.empty() : Optional.of(broken(file, sink, e));
    }
  }

  private static Reason broken(InputFile file, BlockSink sink, Throwable failure) {
    LOG.info("{} is broken", file.mediaType(), failure);
    if (!sink.isEmpty()) {
      sink.note(IngestText.of("file.damaged"));
    }
    return Reason.of(ReasonCode.CORRUPT);
  }

  private static Reason nobodyReads(String mediaType) {
    return Pictures.mayHoldText(mediaType)
        ? Reason.of(ReasonCode.OCR_NOT_INSTALLED)
        : new Reason(ReasonCode.UNSUPPORTED_TYPE, mediaType);
  }

  /** Where nothing was read, what is wrong inside says more than that there is no text. */
  private static Extracted outcome(
      String mediaType, BlockSink sink, Optional<Reason> problem, Optional<Reason> inside) {
    if (!sink.isEmpty()) {
      return sink.content(mediaType);
    }
    Reason noText = Reason.of(ReasonCode.NO_TEXT);
    return new Extracted.Rejected(
        mediaType, problem.filter(p -> !p.equals(noText)).or(() -> inside).orElse(noText));
  }

  private static Extracted rejected(String mediaType, ReasonCode code) {
    return new Extracted.Rejected(mediaType, Reason.of(code));
  }
}
