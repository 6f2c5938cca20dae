package dev.zhiku.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Language;
import dev.zhiku.index.embedding.onnx.BundledModels;
import dev.zhiku.index.lucene.LuceneKnowledgeIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.child.ChildExtractor;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast is the way from a folder into the index, against the bundled models alone on the same
 * texts, in the same process? {@code ./mvnw verify -Pfigures -pl index,ingest}.
 *
 * <p>Each round takes the collection into stores and a service of its own, so that nothing is
 * carried over from the round before, and embeds the same texts without anything around, in calls
 * of as many texts as an embedder takes and all calls at once, so that no embedding thread ever
 * waits. Every other round does so in the other order. Models and parser processes stay, as in a
 * service that runs. The first rounds, in which the machine's code is compiled, are printed and not
 * counted: what is asked for is the speed of a service at work, and a folder that takes hours. Both
 * sides are measured in the same state. Where other programs use the cores too, the shares of CPU
 * time say more than the clock: the last figure is what the ratio would be if all the CPU time were
 * spent without a pause on cores that nobody else uses.
 */
@Tag("figures")
class IngestSpeedIT {
  private static final int ROUNDS = 3;
  private static final int FIRST_ROUNDS = 3;
  private static final int FILES = 160;
  private static final long SEED = 42;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Asking the catalogue costs time too. */
  private static final Duration POLL = Duration.ofMillis(100);

  private static final Path OFFICE = Path.of("../../shared/retrieval/en-office/files");

  @TempDir Path home;
  private Embedders models;
  private Map<Language, RecordingEmbedder> recording;
  private ChildExtractor extractor;

  @BeforeEach
  void open() {
    models = BundledModels.open(home.resolve("native"));
    recording = RecordingEmbedder.around(models);
    extractor = ChildExtractor.open(home.resolve("parsers"), 2, ExtractLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    extractor.close();
    models.close();
  }

  @Test
  void markdown_and_text_with_full_passages() throws Exception {
    Measured sum = measured("Markdown and text, full passages", FILES, staged -> generate(staged));
    assertThat(sum.texts()).isGreaterThan(ROUNDS * FILES * 10);
  }

  private static void generate(Path staged) throws IOException {
    new GeneratedCorpus(SEED).write(staged, FILES);
  }

  @Test
  void the_office_collection() throws Exception {
    assumeThat(OFFICE).as("the office collection beside the checkout").isDirectory();
    List<Path> originals;
    try (Stream<Path> files = Files.walk(OFFICE)) {
      originals = files.filter(Files::isRegularFile).sorted().toList();
    }
    Measured sum =
        measured(
            "office collection, " + originals.size() + " files",
            originals.size(),
            staged -> copy(originals, staged));
    assertThat(sum.texts()).isGreaterThan(originals.size());
  }

  private static void copy(List<Path> originals, Path staged) throws IOException {
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    for (int i = 0; i < originals.size(); i++) {
      Path copy = staged.resolve(i + "-" + originals.get(i).getFileName());
      Files.copy(originals.get(i), copy);
      Files.setLastModifiedTime(copy, before);
    }
  }

  private interface Writing {
    void to(Path folder) throws IOException;
  }

  private Measured measured(String what, int files, Writing writing) throws Exception {
    Measured sum = Measured.NOTHING;
    for (int round = 1; round <= FIRST_ROUNDS + ROUNDS; round++) {
      boolean aloneFirst = round % 2 == 0;
      double alone = aloneFirst ? embedAlone() : 0;
      recording.values().forEach(RecordingEmbedder::forget);
      Round taken = takeIn(home.resolve("round-" + round), files, writing);
      alone = aloneFirst ? alone : embedAlone();
      Measured measured = new Measured(texts(), tokens(), taken.seconds(), alone, taken.cpu());
      measured.print(what + ", round " + round);
      sum = round > FIRST_ROUNDS ? sum.plus(measured) : sum;
    }
    sum.print(what + ", the last " + ROUNDS + " rounds");
    return sum;
  }

  private int texts() {
    return recording.values().stream().mapToInt(embedder -> embedder.texts().size()).sum();
  }

  private long tokens() {
    return recording.values().stream()
        .flatMap(
            embedder ->
                embedder.texts().stream()
                    .map(text -> Math.min(embedder.maxTokens(), embedder.countTokens(text))))
        .mapToLong(Integer::longValue)
        .sum();
  }

  private record Round(double seconds, CpuTimes cpu) {}

  /** From the move into the folder until all is settled. */
  private Round takeIn(Path round, int files, Writing writing) throws Exception {
    Path staged = Files.createDirectories(round.resolve("staged"));
    writing.to(staged);
    Path folder = Files.createDirectories(round.resolve("knowledge"));
    try (CatalogFixture catalog = CatalogFixture.open(round.resolve("db"));
        LuceneKnowledgeIndex index =
            LuceneKnowledgeIndex.open(round.resolve("index"), LuceneSettings.DEFAULT);
        RunningIngest ingest =
            RunningIngest.start(
                List.of(SourceConfig.of("knowledge", folder)),
                SourceTiming.DEFAULT,
                round,
                catalog.ledger(),
                index,
                extractor,
                new Embedders(Map.copyOf(recording)))) {
      RunningIngest.await(
          "the first look",
          PATIENCE,
          () -> catalog.ledger().sources().getFirst().lastScanAt().isPresent());
      CpuTimes before = CpuTimes.now(extractor.pids());
      long begin = System.nanoTime();
      Files.move(staged, folder.resolve("corpus"));
      while (ingest.counts().indexed() < files) {
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
        Thread.sleep(POLL);
      }
      return new Round(seconds(begin), CpuTimes.now(extractor.pids()).minus(before));
    }
  }

  /** The same texts through the same models, as many calls at once as they take. */
  private double embedAlone() throws Exception {
    List<Callable<Integer>> batches = new ArrayList<>();
    for (RecordingEmbedder embedder : recording.values()) {
      List<String> texts = embedder.texts();
      for (int i = 0; i < texts.size(); i += Embedder.MAX_TEXTS) {
        List<String> batch = texts.subList(i, Math.min(texts.size(), i + Embedder.MAX_TEXTS));
        batches.add(() -> embedder.embedder().embedPassages(batch).size());
      }
    }
    long begin = System.nanoTime();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> done : callers.invokeAll(batches)) {
        assertThat(done.get()).isPositive();
      }
    }
    return seconds(begin);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** What rounds came to; seconds by the clock. */
  private record Measured(int texts, long tokens, double whole, double alone, CpuTimes cpu) {
    static final Measured NOTHING = new Measured(0, 0, 0, 0, CpuTimes.NONE);

    Measured plus(Measured other) {
      return new Measured(
          texts + other.texts,
          tokens + other.tokens,
          whole + other.whole,
          alone + other.alone,
          cpu.plus(other.cpu));
    }

    void print(String what) {
      System.out.printf(
          "%s: %d passages, %d tokens a passage; end to end %.1f s = %.0f tokens/s, embedding alone"
              + " %.1f s = %.0f tokens/s, ratio %.2f%n",
          what, texts, tokens / texts, whole, tokens / whole, alone, tokens / alone, alone / whole);
      System.out.printf(
          "  CPU seconds: %s; %.1f of %d x %.1f s; models' share %.2f%n",
          cpu,
          cpu.all(),
          Runtime.getRuntime().availableProcessors(),
          whole,
          cpu.models() / cpu.all());
    }
  }
}
