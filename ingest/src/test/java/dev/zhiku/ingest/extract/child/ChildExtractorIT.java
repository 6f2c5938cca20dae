package dev.zhiku.ingest.extract.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.ReasonCode;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.testing.ExtractorContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The extractor that the service uses: as good as any, and it survives what it reads. */
class ChildExtractorIT extends ExtractorContract {
  private static final ExtractLimits LIMITS = ExtractLimits.DEFAULT;
  private static final Duration AT_WORK = Duration.ofMillis(400);

  @TempDir static Path temporary = Path.of("set by the test engine");
  private static Optional<ChildExtractor> shared = Optional.empty();

  private final Path directory;

  ChildExtractorIT(@TempDir Path directory) {
    super(directory);
    this.directory = directory;
  }

  @BeforeAll
  static void open() {
    shared = Optional.of(ChildExtractor.open(temporary.resolve("parser"), 2, LIMITS));
  }

  @AfterAll
  static void close() {
    shared.ifPresent(ChildExtractor::close);
  }

  @Override
  protected Extractor extractor() {
    return shared.orElseThrow();
  }

  @Override
  protected Sample sample(String phrase) throws IOException {
    return TestFiles.docx("Cooling", phrase);
  }

  @Test
  void the_child_says_the_same_as_the_same_readers_in_this_process() throws Exception {
    Extractor here = new Readers().extractor(LIMITS, directory);
    List<Sample> samples =
        List.of(
            TestFiles.docx("Cooling", "Cold 冷."),
            TestFiles.xlsx("Parts", List.of(List.of("a", "b"), List.of("c", "1"))),
            TestFiles.mail("s", "b", "n.txt", "attached"),
            Sample.ofText("notes.md", "# One\n\n- two\n\n```\nthree\n```\n"),
            Sample.ofText("blank.txt", "  "));
    for (Sample sample : samples) {
      Path file = Files.write(directory.resolve("same.bin"), sample.bytes());
      assertThat(extractor().extract(file, sample.name()))
          .isEqualTo(here.extract(file, sample.name()));
    }
  }

  @Test
  void nothing_of_what_was_read_stays_in_the_temporary_directory() throws Exception {
    read(TestFiles.mail("s", "b", "n.txt", "confidential"));
    read(TestFiles.docx("Cooling", "confidential"));
    try (Stream<Path> files = Files.walk(temporary.resolve("parser"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void a_file_that_takes_too_long_names_the_limit_of_time() throws Exception {
    ExtractLimits hurried =
        new ExtractLimits(Duration.ofMillis(1), 512L << 20, 1 << 30, 1 << 30, 1, 1, 1L << 40, 100);
    try (ChildExtractor extractor = ChildExtractor.open(temporary.resolve("hurried"), 1, hurried)) {
      Extracted.Rejected rejected =
          (Extracted.Rejected) extractor.extract(longPage(), "large.html");
      assertThat(rejected.reason().code()).isEqualTo(ReasonCode.PARSE_TIMEOUT);
      assertThat(rejected.reason().value()).isEqualTo("1 ms");
    }
  }

  @Test
  void a_file_too_big_for_the_heap_names_the_limit_of_memory() throws Exception {
    ExtractLimits poor =
        new ExtractLimits(Duration.ofMinutes(10), 64L << 20, 1 << 30, 1_000, 1, 1, 1L << 40, 100);
    try (ChildExtractor extractor = ChildExtractor.open(temporary.resolve("poor"), 1, poor)) {
      Path file = Files.writeString(directory.resolve("a.txt"), "word ".repeat(8 << 20));
      Extracted.Rejected rejected = (Extracted.Rejected) extractor.extract(file, "a.txt");
      assertThat(rejected.reason().code()).isEqualTo(ReasonCode.PARSE_MEMORY);
      assertThat(rejected.reason().value()).isEqualTo("64 MB");
    }
  }

  @Test
  void a_child_killed_while_it_reads_is_a_crash_and_the_next_file_is_read() throws Exception {
    Path small = Files.write(directory.resolve("small.docx"), sample("still here").bytes());
    Path large = longPage();
    try (ChildExtractor extractor = ChildExtractor.open(temporary.resolve("killed"), 1, LIMITS)) {
      assertThat(text(extractor.extract(small, "small.docx"))).contains("still here");
      Thread killer = Thread.ofPlatform().start(() -> killOnceAtWork(extractor));
      Extracted extracted = extractor.extract(large, "large.html");
      killer.interrupt();
      killer.join();
      assertThat(extracted).isInstanceOf(Extracted.Rejected.class);
      assertThat(((Extracted.Rejected) extracted).reason().code())
          .isIn(ReasonCode.PARSER_CRASHED, ReasonCode.PARSE_MEMORY);
      assertThat(text(extractor.extract(small, "small.docx"))).contains("still here");
    }
  }

  /** Takes seconds to read. */
  private Path longPage() throws IOException {
    return Files.writeString(directory.resolve("large.html"), "<p>word</p>".repeat(1_000_000));
  }

  /** Kills the child once it has computed for a while; without a file it does next to nothing. */
  private static void killOnceAtWork(ChildExtractor extractor) {
    ProcessHandle child = ProcessHandle.of(extractor.pids().getFirst()).orElseThrow();
    Duration before = cpuTime(child);
    try {
      while (cpuTime(child).minus(before).compareTo(AT_WORK) < 0) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      child.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration cpuTime(ProcessHandle child) {
    return child.info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
