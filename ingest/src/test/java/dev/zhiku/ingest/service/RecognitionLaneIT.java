package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.lucene.LuceneKnowledgeIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files whose words are in pictures wait in a lane of their own. Here a file's first line says what
 * is in it: text, a scan, or text with scanned pages.
 */
class RecognitionLaneIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Files are read at once: nobody writes to them for long here. */
  private static final SourceTiming HURRIED =
      new SourceTiming(
          Duration.ofMillis(50),
          Duration.ofMillis(50),
          Duration.ofMillis(200),
          SourceTiming.DEFAULT.grace(),
          Duration.ofMillis(500),
          1);

  private static final String SCAN = "%SCAN%";
  private static final String MIXED = "%MIXED%";

  @TempDir private Path directory;
  private Path folder;
  private CatalogFixture catalog;
  private LuceneKnowledgeIndex index;
  private final Recognizer recognizer = new Recognizer();
  private Optional<RunningIngest> running = Optional.empty();

  /** Sees the pictures as unread, as a parser without text recognition does. */
  private static class Reader implements Extractor {
    @Override
    public String version() {
      return "scans-1";
    }

    @Override
    public Extracted extract(Path file, String name) throws InterruptedException {
      String text = text(file);
      if (text.startsWith(SCAN)) {
        return new Extracted.Rejected("image/png", Reason.of(ReasonCode.OCR_NOT_INSTALLED));
      }
      return text.startsWith(MIXED)
          ? content(text.lines().skip(1).findFirst().orElse(""), true)
          : content(text, false);
    }

    static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    static Extracted content(String text, boolean unread) {
      List<Block> blocks = List.of(new Block.Paragraph(text, Block.Place.WHOLE));
      return new Extracted.Content("text/plain", blocks, 0, List.of(), unread);
    }

    @Override
    public void close() {}
  }

  /** Reads the pictures too, one file for each permit. */
  private static final class Recognizer extends Reader {
    private final Semaphore permits = new Semaphore(0);
    private final AtomicInteger files = new AtomicInteger();
    private volatile Optional<ReasonCode> failure = Optional.empty();

    @Override
    public Extracted extract(Path file, String name) throws InterruptedException {
      permits.acquire();
      files.incrementAndGet();
      return failure.isPresent()
          ? new Extracted.Rejected("image/png", Reason.of(failure.get()))
          : content(text(file).lines().skip(1).reduce("", String::concat), false);
    }
  }

  @BeforeEach
  void openStores() throws Exception {
    folder = Files.createDirectories(directory.resolve("knowledge"));
    catalog = CatalogFixture.open(directory.resolve("data/db"));
    index = LuceneKnowledgeIndex.open(directory.resolve("data/index"), LuceneSettings.DEFAULT);
  }

  @AfterEach
  void closeStores() {
    running.ifPresent(RunningIngest::close);
    index.close();
    catalog.close();
  }

  private void start(Optional<Extractor> recognizing) throws Exception {
    running.ifPresent(RunningIngest::close);
    running =
        Optional.of(
            RunningIngest.start(
                List.of(SourceConfig.of("knowledge", folder)),
                HURRIED,
                directory.resolve("data"),
                catalog.ledger(),
                index,
                new Reader(),
                recognizing));
  }

  private RunningIngest ingest() {
    return running.orElseThrow();
  }

  private void write(String path, String... lines) throws IOException {
    Files.writeString(folder.resolve(path), String.join("\n", lines));
  }

  private void await(String what, Callable<Boolean> condition) throws Exception {
    try {
      RunningIngest.await(what, PATIENCE, condition);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ", " + ingest().listed(), e);
    }
  }

  private boolean isIndexedWith(String path, String words) throws InterruptedException {
    return ingest().answers("knowledge:" + path, words)
        && ingest()
            .entry("knowledge", path)
            .map(CatalogEntry::state)
            .equals(Optional.of(State.INDEXED));
  }

  @Test
  void a_scan_waits_without_holding_up_the_files_behind_it() throws Exception {
    start(Optional.of(recognizer));
    for (int i = 0; i < 5; i++) {
      write("scan-" + i + ".png", SCAN, "words in picture " + i);
    }
    write("letter.txt", "the pump is blue");
    await("the letter", () -> isIndexedWith("letter.txt", "pump"));
    assertThat(ingest().counts().pending()).isEqualTo(5);
    recognizer.permits.release(5);
    await("the scans", () -> ingest().counts().indexed() == 6);
    assertThat(ingest().answered().get("knowledge:scan-3.png")).contains("picture 3");
    assertThat(recognizer.files).hasValue(5);
  }

  @Test
  void text_beside_scanned_pages_answers_before_these_are_read() throws Exception {
    start(Optional.of(recognizer));
    write("mixed.pdf", MIXED, "the typed page", " and the scanned page");
    await("the typed page", () -> ingest().answers("knowledge:mixed.pdf", "typed page"));
    assertThat(ingest().answers("knowledge:mixed.pdf", "scanned page")).isFalse();
    recognizer.permits.release();
    await("the scanned page", () -> isIndexedWith("mixed.pdf", "scanned page"));
  }

  @Test
  void what_was_recognised_is_not_recognised_again_after_a_rename_or_a_restart() throws Exception {
    start(Optional.of(recognizer));
    recognizer.permits.release(5);
    write("mixed.pdf", MIXED, "the typed page", " and the scanned page");
    await("the scanned page", () -> isIndexedWith("mixed.pdf", "scanned page"));
    Files.move(folder.resolve("mixed.pdf"), folder.resolve("renamed.pdf"));
    await("the new name", () -> isIndexedWith("renamed.pdf", "scanned page"));
    start(Optional.of(recognizer));
    write("letter.txt", "the pump is blue");
    await("the letter", () -> isIndexedWith("letter.txt", "pump"));
    assertThat(isIndexedWith("renamed.pdf", "scanned page")).isTrue();
    assertThat(recognizer.files).hasValue(1);
  }

  @Test
  void without_recognition_a_scan_fails_with_the_way_out_and_is_read_once_there_is_some()
      throws Exception {
    start(Optional.empty());
    write("scan.png", SCAN, "words in a picture");
    write("mixed.pdf", MIXED, "the typed page", " and the scanned page");
    await("the failure", () -> ingest().counts().failed() == 1 && ingest().counts().indexed() == 1);
    assertThat(ingest().entry("knowledge", "scan.png").orElseThrow().reason().orElseThrow().code())
        .isEqualTo(ReasonCode.OCR_NOT_INSTALLED);
    recognizer.permits.release(5);
    start(Optional.of(recognizer));
    await("the scan", () -> isIndexedWith("scan.png", "words in a picture"));
    await("the scanned page", () -> isIndexedWith("mixed.pdf", "scanned page"));
  }

  @Test
  void recognition_that_comes_while_the_service_runs_reads_what_could_not_be_read_before()
      throws Exception {
    start(Optional.empty());
    write("scan.png", SCAN, "words in a picture");
    write("mixed.pdf", MIXED, "the typed page", " and the scanned page");
    await("the failure", () -> ingest().counts().failed() == 1 && ingest().counts().indexed() == 1);
    recognizer.permits.release(5);

    ingest().service.recognizeWith(recognizer);

    await("the scan", () -> isIndexedWith("scan.png", "words in a picture"));
    await("the scanned page", () -> isIndexedWith("mixed.pdf", "scanned page"));
    write("letter.txt", "the pump is blue");
    await("the letter", () -> isIndexedWith("letter.txt", "pump"));
  }

  @Test
  void a_scan_that_waited_does_not_wait_for_ever_when_recognition_is_taken_away() throws Exception {
    start(Optional.of(recognizer));
    write("scan.png", SCAN, "words in a picture");
    await("the wait", () -> recognizer.permits.hasQueuedThreads());
    start(Optional.empty());
    await("the failure", () -> ingest().counts().failed() == 1);
  }

  @Test
  void where_recognition_fails_the_text_beside_the_pictures_stays() throws Exception {
    recognizer.failure = Optional.of(ReasonCode.PARSE_TIMEOUT);
    recognizer.permits.release(5);
    start(Optional.of(recognizer));
    write("mixed.pdf", MIXED, "the typed page", " and the scanned page");
    await("the note", () -> notes("mixed.pdf").anyMatch(n -> n.contains("recognition failed")));
    assertThat(isIndexedWith("mixed.pdf", "typed page")).isTrue();
  }

  private Stream<String> notes(String path) {
    return ingest().entry("knowledge", path).stream()
        .flatMap(entry -> entry.notes().stream())
        .map(Phrase::english);
  }
}
