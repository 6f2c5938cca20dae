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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * texts, in the same process? {@code ./mvnw verify -Pfigures -pl index,ingest}. After a warm-up,
 * each round takes a corpus in and embeds its texts once more without anything around. Where other
 * programs use the cores too, the shares of CPU time say more than the clock.
 */
@Tag("figures")
class IngestSpeedTest {
  private static final int ROUNDS = 2;
  private static final int WARM_UP_FILES = 30;
  private static final int FILES = 40;
  private static final long SEED = 42;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Path OFFICE = Path.of("../../shared/retrieval/en-office/files");

  @TempDir Path home;
  private Embedders models;
  private Map<Language, RecordingEmbedder> recording;
  private ChildExtractor extractor;
  private LuceneKnowledgeIndex index;
  private CatalogFixture catalog;
  private RunningIngest ingest;
  private final GeneratedCorpus corpus = new GeneratedCorpus(SEED);

  @BeforeEach
  void start() throws Exception {
    models = BundledModels.open(home.resolve("native"));
    recording = RecordingEmbedder.around(models);
    extractor = ChildExtractor.open(home.resolve("parsers"), 2, ExtractLimits.DEFAULT);
    index = LuceneKnowledgeIndex.open(home.resolve("index"), LuceneSettings.DEFAULT);
    catalog = CatalogFixture.open(home.resolve("db"));
    ingest =
        RunningIngest.start(
            List.of(SourceConfig.of("knowledge", Files.createDirectories(folder()))),
            SourceTiming.DEFAULT,
            home,
            catalog.ledger(),
            index,
            extractor,
            new Embedders(Map.copyOf(recording)));
    takeIn(WARM_UP_FILES, staged -> corpus.write(staged, WARM_UP_FILES));
    embedAlone();
  }

  private Path folder() {
    return home.resolve("knowledge");
  }

  @AfterEach
  void stop() {
    ingest.close();
    catalog.close();
    index.close();
    extractor.close();
    models.close();
  }

  @Test
  void markdown_and_text_with_full_passages() throws Exception {
    Measured sum = Measured.NOTHING;
    for (int round = 0; round < ROUNDS; round++) {
      sum = sum.plus(measured(FILES, staged -> corpus.write(staged, FILES)));
    }
    sum.print("Markdown and text, full passages");
    assertThat(sum.texts()).isGreaterThan(ROUNDS * FILES * 10);
  }

  @Test
  void the_office_collection() throws Exception {
    assumeThat(OFFICE).as("the office collection beside the checkout").isDirectory();
    List<Path> originals;
    try (Stream<Path> files = Files.walk(OFFICE)) {
      originals = files.filter(Files::isRegularFile).sorted().toList();
    }
    Measured sum = measured(originals.size(), staged -> copy(originals, staged));
    sum.print("office collection, " + originals.size() + " files");
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

  private Measured measured(int files, Writing writing) throws Exception {
    CpuTimes before = CpuTimes.now(extractor.pids());
    double whole = takeIn(files, writing);
    CpuTimes used = CpuTimes.now(extractor.pids()).minus(before);
    long tokens = 0;
    int texts = 0;
    for (RecordingEmbedder embedder : recording.values()) {
      for (String text : embedder.texts()) {
        tokens += Math.min(embedder.maxTokens(), embedder.countTokens(text));
        texts++;
      }
    }
    return new Measured(texts, tokens, whole, embedAlone(), used);
  }

  /** Seconds from the move into the folder until all is settled. */
  private double takeIn(int files, Writing writing) throws Exception {
    Path staged = Files.createDirectories(home.resolve("staged"));
    writing.to(staged);
    long goal = ingest.counts().indexed() + files;
    long begin = System.nanoTime();
    Files.move(staged, folder().resolve("corpus-" + goal));
    RunningIngest.await("all indexed", PATIENCE, () -> ingest.counts().indexed() >= goal);
    return seconds(begin);
  }

  /** The same texts through the same models, as many calls at once as they take. */
  private double embedAlone() throws Exception {
    List<Callable<Integer>> batches = new ArrayList<>();
    for (RecordingEmbedder embedder : recording.values()) {
      List<String> texts = embedder.taken();
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
      System.out.printf("  CPU: %s%n", cpu);
    }
  }

  /** CPU time by what it went into, in seconds. */
  private record CpuTimes(Map<String, Double> seconds) {
    static final CpuTimes NONE = new CpuTimes(Map.of());
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static CpuTimes now(List<Long> parsers) {
      Map<String, Double> seconds = new TreeMap<>();
      for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
        if (thread != null) {
          double used = Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())) / 1e9;
          seconds.merge(group(thread.getThreadName()), used, Double::sum);
        }
      }
      double all =
          ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
      double known = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
      seconds.put("ended threads, compiler, collector", all - known);
      for (long parser : parsers) {
        ProcessHandle.of(parser)
            .flatMap(process -> process.info().totalCpuDuration())
            .ifPresent(used -> seconds.merge("parsers", used.toNanos() / 1e9, Double::sum));
      }
      return new CpuTimes(seconds);
    }

    private static String group(String thread) {
      return thread.startsWith("zhiku-") ? thread.replaceAll("-\\d+$", "") : "rest";
    }

    CpuTimes minus(CpuTimes before) {
      Map<String, Double> used = new TreeMap<>(seconds);
      before.seconds.forEach((name, spent) -> used.merge(name, -spent, Double::sum));
      return new CpuTimes(used);
    }

    CpuTimes plus(CpuTimes other) {
      Map<String, Double> sum = new TreeMap<>(seconds);
      other.seconds.forEach((name, spent) -> sum.merge(name, spent, Double::sum));
      return new CpuTimes(sum);
    }

    @Override
    public String toString() {
      List<String> parts = new ArrayList<>();
      seconds.forEach((name, spent) -> parts.add("%s %.1f s".formatted(name, spent)));
      return String.join(", ", parts);
    }
  }
}
