package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.child.ChildOutcome;
import dev.zhiku.ingest.child.ChildPool;
import dev.zhiku.ingest.child.ChildSettings;
import dev.zhiku.ingest.child.ChildWall;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.extract.ocr.OcrLimits;
import dev.zhiku.ingest.extract.ocr.Tesseract;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has files read by child processes, under limits of time and heap: a file may loop, eat the heap
 * or end its reader, and all that comes of it here is a {@link Extracted.Rejected}. Thread-safe; as
 * many files are read at once as there are children.
 */
public final class ChildExtractor implements Extractor {
  private static final Logger LOG = LoggerFactory.getLogger(ChildExtractor.class);
  private static final String UNKNOWN = "application/octet-stream";
  private static final Path EVERYTHING = Path.of("/");
  private static final int ANSWER_BYTES = 256 << 20;

  /** Parsers come last on a busy machine, and one that is given up has started for nothing. */
  private static final Duration START_TIMEOUT = Duration.ofMinutes(10);

  /** Whoever asks comes before whoever reads. */
  private static final int NICENESS = 10;

  private static final int JOBS_PER_CHILD = 1_000;

  private final ExtractLimits limits;
  private final ChildPool pool;

  private ChildExtractor(ExtractLimits limits, ChildPool pool) {
    this.limits = limits;
    this.pool = pool;
  }

  /**
   * Begins to start the children and returns without waiting for them.
   *
   * @param temporaryDirectory owned by this extractor alone: emptied now and at the end
   * @param children how many files are read at once
   */
  public static ChildExtractor open(Path temporaryDirectory, int children, ExtractLimits limits) {
    return open(temporaryDirectory, children, limits, List.of(EVERYTHING));
  }

  /**
   * The same with children that, behind the wall of the system, read files in these folders alone.
   *
   * @param readable folders, which are there
   */
  public static ChildExtractor open(
      Path temporaryDirectory, int children, ExtractLimits limits, List<Path> readable) {
    return open("parser", List.of(), temporaryDirectory, children, limits, readable);
  }

  /**
   * The same with one child that recognises text in pictures, and so may take half an hour and more
   * for a file.
   *
   * @param ocr whose number of pages and time for a file hold; the others are those of {@link
   *     OcrLimits#DEFAULT}
   */
  public static ChildExtractor openRecognizing(
      Path temporaryDirectory, Tesseract tesseract, OcrLimits ocr) {
    return openRecognizing(temporaryDirectory, tesseract, ocr, List.of(EVERYTHING));
  }

  /**
   * The same with a child that, behind the wall of the system, reads files in these folders alone.
   *
   * @param readable folders, which are there
   */
  public static ChildExtractor openRecognizing(
      Path temporaryDirectory, Tesseract tesseract, OcrLimits ocr, List<Path> readable) {
    List<Path> withProgram = new ArrayList<>(readable);
    withProgram.addAll(tesseract.parts());
    Optional.ofNullable(System.getenv("TESSDATA_PREFIX")).map(Path::of).ifPresent(withProgram::add);
    return open(
        "recognizer",
        List.of(
            tesseract.program().toString(),
            tesseract.languages(),
            Integer.toString(ocr.pages()),
            ocr.fileTime().toString(),
            Boolean.toString(tesseract.tellsOrientation())),
        temporaryDirectory,
        1,
        ExtractLimits.RECOGNIZING,
        withProgram);
  }

  private static ChildExtractor open(
      String name,
      List<String> arguments,
      Path temporaryDirectory,
      int children,
      ExtractLimits limits,
      List<Path> readable) {
    ChildSettings settings =
        new ChildSettings(
            name,
            ParserMain.class.getName(),
            arguments,
            List.of(),
            NICENESS,
            children,
            limits.heapBytes(),
            ANSWER_BYTES,
            START_TIMEOUT,
            JOBS_PER_CHILD,
            temporaryDirectory);
    return new ChildExtractor(limits, ChildPool.open(settings.behind(new ChildWall(readable))));
  }

  @Override
  public String version() {
    return Readers.VERSION;
  }

  @Override
  public Extracted extract(Path file, String name) throws InterruptedException {
    try {
      byte[] request = new ExtractRequest(file.toAbsolutePath(), name, limits).encode();
      return switch (pool.call(request, limits.time())) {
        case ChildOutcome.Answered answered -> ExtractedCodec.decode(answered.bytes());
        case ChildOutcome.TimedOut timedOut ->
            rejected(ReasonCode.PARSE_TIMEOUT, shown(timedOut.limit()));
        case ChildOutcome.OutOfMemory memory ->
            rejected(ReasonCode.PARSE_MEMORY, (memory.heapBytes() >> 20) + " MB");
        case ChildOutcome.NotStarted nobody -> {
          LOG.warn("{} waits, for no parser process started: {}", name, nobody.detail());
          yield rejected(ReasonCode.INTERNAL_ERROR, "no parser process started");
        }
        case ChildOutcome.Crashed crashed -> {
          LOG.warn("A parser process failed on {}: {}", name, crashed.detail());
          yield rejected(ReasonCode.PARSER_CRASHED, "");
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException("an answer of the parser process makes no sense", e);
    }
  }

  /** Process ids of the children that run now. */
  public List<Long> pids() {
    return pool.pids();
  }

  @Override
  public void close() {
    pool.close();
  }

  private static String shown(Duration limit) {
    return limit.toMillis() % 1_000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  private static Extracted rejected(ReasonCode code, String value) {
    return new Extracted.Rejected(UNKNOWN, new Reason(code, value));
  }
}
