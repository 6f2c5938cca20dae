package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.onnx.BundledModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures what the documents say: {@code ./mvnw verify -Pfigures}. Run it on a quiet machine. */
@Tag("figures")
class FiguresIT {
  private static final int FILES = 240;
  private static final int PARAGRAPHS = 12;
  private static final int ROUNDS = 10;
  private static final long SEED = 42;

  @TempDir Path home;
  @TempDir Path loaded;

  @Test
  void start_first_answer_latency_and_memory_on_the_samples() throws IOException {
    long begin = System.nanoTime();
    try (ServiceProcess service = ServiceProcess.start(home)) {
      double up = seconds(begin);
      long running = System.nanoTime();
      while (!service.ask("员工每年有几天年假？", "answer").path("status").asText().equals("answered")) {
        ServiceProcess.pause(50);
      }
      double answered = seconds(running);
      service.awaitRest(Duration.ofMinutes(2));
      double indexed = seconds(running);
      List<String> questions = questions();
      latencies(service, questions, 3);
      double[] millis = latencies(service, questions, ROUNDS);
      System.out.printf("start-up, first time: %.1f s%n", up);
      System.out.printf(
          "first answer after start: %.1f s; all samples: %.1f s%n", answered, indexed);
      System.out.printf(
          "/query mode passages over HTTP, %d questions: p50 %.1f ms, p99 %.1f ms%n",
          millis.length, millis[millis.length / 2], millis[millis.length * 99 / 100]);
      System.out.printf(
          "memory: service %d MB, its children %d MB%n",
          residentMegabytes(service.processId()), childrenMegabytes(service.processId()));
    }
    begin = System.nanoTime();
    try (ServiceProcess service = ServiceProcess.start(home)) {
      System.out.printf("start-up, later: %.1f s%n", seconds(begin));
      assertThat(service.isAlive()).isTrue();
    }
  }

  @Test
  void tokens_per_second_end_to_end_against_embedding_alone() throws Exception {
    Path folder = Files.createDirectories(loaded.resolve("knowledge"));
    try (ServiceProcess service = ServiceProcess.start(loaded)) {
      Path staged = Files.createDirectories(loaded.resolve("staged"));
      writeCorpus(staged);
      Files.move(staged, folder.resolve("corpus"));
      long begin = System.nanoTime();
      service.awaitStatus(Duration.ofMinutes(10), s -> s.at("/files/indexed").asInt() == FILES);
      double whole = seconds(begin);
      List<String> texts = passages(service);
      double alone = embedAlone(texts);
      report(texts.size(), tokens(texts), whole, alone);
    }
  }

  private static void report(int passages, long tokens, double whole, double alone) {
    System.out.printf(
        "%d passages, %d tokens; end to end %.1f s = %.0f tokens/s, embedding alone %.1f s = %.0f"
            + " tokens/s, ratio %.2f%n",
        passages, tokens, whole, tokens / whole, alone, tokens / alone, alone / whole);
  }

  private static List<String> questions() throws IOException {
    return Files.readAllLines(ServiceProcess.repository().resolve("samples/questions.tsv")).stream()
        .skip(1)
        .map(line -> line.split("\t", -1)[1])
        .toList();
  }

  private static double[] latencies(ServiceProcess service, List<String> questions, int rounds) {
    double[] millis = new double[questions.size() * rounds];
    for (int i = 0; i < millis.length; i++) {
      long begin = System.nanoTime();
      service.ask(questions.get(i % questions.size()), "passages");
      millis[i] = seconds(begin) * 1_000;
    }
    Arrays.sort(millis);
    return millis;
  }

  /** Half Chinese, half English; every sentence has a number of its own, so that none repeats. */
  private static void writeCorpus(Path folder) throws IOException {
    Random random = new Random(SEED);
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder("# Record " + file + "\n\n");
      for (int paragraph = 0; paragraph < PARAGRAPHS; paragraph++) {
        text.append(file % 2 == 0 ? english(random) : chinese(random)).append("\n\n");
      }
      Files.writeString(folder.resolve("record-" + file + ".md"), text);
    }
  }

  private static String english(Random random) {
    List<String> subjects =
        List.of("The pump", "Our branch", "The night shift", "Each contract", "The laboratory");
    List<String> verbs = List.of("reported", "checked", "replaced", "ordered", "archived");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      text.append(any(subjects, random))
          .append(' ')
          .append(any(verbs, random))
          .append(" item ")
          .append(random.nextInt(1_000_000))
          .append(" according to the procedure that was agreed with the supplier in spring. ");
    }
    return text.toString();
  }

  private static String chinese(Random random) {
    List<String> subjects = List.of("本部门", "质量小组", "夜班护士", "信贷窗口", "设备管理员");
    List<String> verbs = List.of("检查了", "更换了", "登记了", "归档了", "审核了");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      text.append(any(subjects, random))
          .append("按照年初商定的流程")
          .append(any(verbs, random))
          .append("编号为 ")
          .append(random.nextInt(1_000_000))
          .append(" 的物品，并通知了相关负责人。");
    }
    return text.toString();
  }

  private static String any(List<String> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static List<String> passages(ServiceProcess service) {
    List<String> texts = new ArrayList<>();
    for (JsonNode document :
        service.get("/documents?source=knowledge&limit=500").body().get("items")) {
      JsonNode passages =
          service.get("/documents/" + document.get("id").asText() + "/passages").body();
      passages
          .get("items")
          .forEach(
              passage ->
                  texts.add(
                      passage.get("heading").path(0).asText()
                          + "\n"
                          + passage.get("text").asText()));
    }
    return texts;
  }

  private double embedAlone(List<String> texts) throws Exception {
    try (Embedders embedders = BundledModels.open(loaded.resolve("native"))) {
      embedAll(embedders, texts.subList(0, Math.min(50, texts.size())));
      long begin = System.nanoTime();
      embedAll(embedders, texts);
      return seconds(begin);
    }
  }

  private static void embedAll(Embedders embedders, List<String> texts) throws Exception {
    Map<Embedder, List<String>> byModel = new LinkedHashMap<>();
    for (String text : texts) {
      byModel.computeIfAbsent(embedders.forPassage(text), e -> new ArrayList<>()).add(text);
    }
    List<Callable<Integer>> batches = new ArrayList<>();
    byModel.forEach(
        (embedder, all) -> {
          for (int i = 0; i < all.size(); i += Embedder.MAX_TEXTS) {
            List<String> batch = all.subList(i, Math.min(all.size(), i + Embedder.MAX_TEXTS));
            batches.add(() -> embedder.embedPassages(batch).size());
          }
        });
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> done : callers.invokeAll(batches)) {
        assertThat(done.get()).isPositive();
      }
    }
  }

  private long tokens(List<String> texts) {
    try (Embedders embedders = BundledModels.open(loaded.resolve("native"))) {
      return texts.stream()
          .mapToLong(
              text -> {
                Embedder embedder = embedders.forPassage(text);
                return Math.min(embedder.maxTokens(), embedder.countTokens(text));
              })
          .sum();
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static long childrenMegabytes(long processId) {
    return ProcessHandle.of(processId)
        .map(process -> process.descendants().mapToLong(p -> residentMegabytes(p.pid())).sum())
        .orElse(0L);
  }

  private static long residentMegabytes(long processId) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(processId), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
