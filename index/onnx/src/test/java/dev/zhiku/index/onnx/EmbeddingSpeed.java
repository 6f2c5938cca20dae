package dev.zhiku.index.onnx;

import com.sun.management.OperatingSystemMXBean;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Language;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Speed of the bundled models on this machine. Prints the time to open both, texts and tokens per
 * second of passages on all cores, and the time of a short question when nothing else runs and
 * while passages are embedded. The texts are sentences drawn with a fixed seed, a quarter of the
 * length limit to all of it, or those of a file given as argument ({@code zh} or {@code en}, then a
 * file with one text a line). The command is in {@code index/docs/measured.md}.
 */
public final class EmbeddingSpeed {
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final int QUESTIONS = 500;

  private static final List<String> CHINESE =
      List.of(
          "新员工入职后的前三个月为试用期，试用期内每月进行一次考核。",
          "离心机启动前必须确认转子已经平衡，盖子已经锁紧。",
          "会议决定将服务器迁移到新的机房，预计停机四小时。",
          "报销单须附发票原件，并在费用发生后三十天内提交财务部。",
          "如何配置 Redis 集群的主从复制，请参见运维手册第 4.2 节。",
          "合同一方违约的，应当向对方支付合同总额百分之五的违约金。");
  private static final List<String> ENGLISH =
      List.of(
          "New employees are on probation for three months and are reviewed every month.",
          "Before the centrifuge is started, the rotor must be balanced and the lid locked.",
          "It was decided to move the servers to the new machine room, with four hours of outage.",
          "Claims for expenses need the original invoice and must be handed in within thirty days.",
          "Part number AX-4711 replaces AX-4700; the old gasket does not fit the new housing.",
          "A party in breach of this contract pays a penalty of five per cent of its value.");

  private EmbeddingSpeed() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    long start = System.nanoTime();
    Path nativeCode = Path.of(System.getProperty("java.io.tmpdir"), "zhiku-native");
    try (Embedders embedders = BundledModels.open(nativeCode)) {
      System.out.printf("both models opened in %.2f s%n", seconds(start));
      if (args.length == 2) {
        Language language = args[0].equals("zh") ? Language.CHINESE : Language.ENGLISH;
        measure(embedders, language, Files.readAllLines(Path.of(args[1])));
      } else {
        measure(embedders, Language.CHINESE, texts(CHINESE, 420));
        measure(embedders, Language.ENGLISH, texts(ENGLISH, 1_200));
      }
    }
  }

  private static void measure(Embedders embedders, Language language, List<String> texts)
      throws InterruptedException {
    String sample = language == Language.CHINESE ? "中文" : "English";
    Embedder embedder = embedders.forPassage(sample);
    String question = language == Language.CHINESE ? "试用期有多长？" : "How long is probation?";
    passages(embedder, texts, WARM_UP);
    long start = System.nanoTime();
    long startOfCpu = cpuNanos();
    int done = passages(embedder, texts, MEASURED);
    double seconds = seconds(start);
    double cpuMillis = (cpuNanos() - startOfCpu) / 1e6;
    double tokens = texts.stream().mapToInt(embedder::countTokens).average().orElseThrow();
    System.out.printf(
        "%s: %.1f texts/s, %.0f tokens/s (%.0f tokens and %.2f ms of CPU a text)%n",
        embedder.id(), done / seconds, done * tokens / seconds, tokens, cpuMillis / done);
    print("question alone", questions(embedder, question));
    Thread ingest = Thread.ofVirtual().start(() -> passagesUntilInterrupted(embedder, texts));
    print("question while passages are embedded", questions(embedder, question));
    ingest.interrupt();
    ingest.join();
  }

  private static int passages(Embedder embedder, List<String> texts, Duration time)
      throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    int done = 0;
    while (System.nanoTime() < end) {
      int from = done % texts.size();
      List<String> batch = texts.subList(from, Math.min(from + Embedder.MAX_TEXTS, texts.size()));
      done += embedder.embedPassages(batch).size();
    }
    return done;
  }

  private static void passagesUntilInterrupted(Embedder embedder, List<String> texts) {
    try {
      passages(embedder, texts, Duration.ofMinutes(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long[] questions(Embedder embedder, String question) throws InterruptedException {
    long[] nanos = new long[QUESTIONS];
    for (int i = 0; i < QUESTIONS; i++) {
      long start = System.nanoTime();
      embedder.embedQuery(question);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static void print(String what, long[] sortedNanos) {
    System.out.printf(
        "  %s: p50 %.2f ms, p99 %.2f ms%n",
        what,
        sortedNanos[sortedNanos.length / 2] / 1e6,
        sortedNanos[sortedNanos.length * 99 / 100] / 1e6);
  }

  private static List<String> texts(List<String> sentences, int maxChars) {
    Random random = new Random(42);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 512; i++) {
      int chars = maxChars / 4 + random.nextInt(maxChars * 3 / 4);
      StringBuilder text = new StringBuilder();
      while (text.length() < chars) {
        text.append(sentences.get(random.nextInt(sentences.size()))).append(' ');
      }
      texts.add(text.substring(0, chars));
    }
    return texts;
  }

  /** Of all threads of this process; on a busy machine it says more than the clock. */
  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }
}
