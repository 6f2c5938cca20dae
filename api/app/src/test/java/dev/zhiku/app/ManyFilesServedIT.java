package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * So many small files dropped at once that a cost which grows with their number would show: what a
 * file costs in each twentieth of them, what the lists cost meanwhile, and how long two questions a
 * second take that are asked whether or not the ones before were answered.
 */
class ManyFilesServedIT {
  /** 100,000 unless another number is given. */
  private static final int FILES = Integer.getInteger("zhiku.drop.files", 100_000);

  private static final int PARTS = 20;
  private static final int BEFORE = 60;
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

  /** Allowed to a file in the last quarter beside one in the second: merges come now and then. */
  private static final double GROWTH = 1.25;

  private final List<Double> waited = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path home;

  @Test
  @Tag("figures")
  void a_file_costs_the_same_whether_few_or_many_were_read_before_it() throws Exception {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    write(folder, "before", BEFORE);
    Path staged = home.resolve("staged");
    write(Files.createDirectories(staged), "drop", FILES);
    try (ServiceProcess service = ServiceProcess.start(home);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      service.awaitStatus(
          ServiceProcess.PATIENCE, status -> status.at("/files/indexed").asInt() == BEFORE);
      Files.move(staged, folder.resolve("dropped"), StandardCopyOption.ATOMIC_MOVE);
      Future<?> asking =
          clock.scheduleAtFixedRate(
              () -> ask(service), 0, BETWEEN_QUESTIONS.toMillis(), TimeUnit.MILLISECONDS);
      List<Double> costs = new ArrayList<>();
      for (int part = 1; part <= PARTS; part++) {
        costs.add(awaitPart(service, part));
      }
      asking.cancel(false);
      assertThat(service.get("/status").body().get("files").get("total").asInt())
          .isEqualTo(BEFORE + FILES);
      assertThat(average(costs.subList(PARTS * 3 / 4, PARTS)))
          .isLessThan(GROWTH * average(costs.subList(PARTS / 4, PARTS / 2)));
    }
  }

  /** Processor time of the service for a file of this part, in milliseconds. */
  private double awaitPart(ServiceProcess service, int part) throws IOException {
    waited.clear();
    long begin = System.nanoTime();
    double cpu = cpuMillis(service);
    int before = indexed(service.get("/status").body());
    int wanted = (int) ((long) FILES * part / PARTS);
    JsonNode status = service.get("/status").body();
    while (indexed(status) < wanted) {
      ServiceProcess.pause(500);
      status = service.get("/status").body();
    }
    double files = Math.max(1, indexed(status) - before);
    double cost = (cpuMillis(service) - cpu) / files;
    double seconds = millisSince(begin) / 1_000;
    System.out.printf(
        Locale.ROOT,
        "%7d files: %.1f a second, %.2f ms of processor time each; /query p50 %.0f ms, p99 %.0f ms;"
            + " /status %.0f ms, /documents %.0f ms; %.0f bytes of catalogue a file%n",
        indexed(status),
        files / seconds,
        cost,
        at(50),
        at(99),
        took(service, "/status"),
        took(service, "/documents?limit=50"),
        (double) catalogueBytes() / (BEFORE + indexed(status)));
    return cost;
  }

  private static int indexed(JsonNode status) {
    return status.at("/files/indexed").asInt() - BEFORE;
  }

  private static double cpuMillis(ServiceProcess service) {
    return ProcessHandle.of(service.processId())
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toMillis)
        .orElseThrow();
  }

  private static double took(ServiceProcess service, String path) {
    long begin = System.nanoTime();
    assertThat(service.get(path).status()).isEqualTo(200);
    return millisSince(begin);
  }

  private long catalogueBytes() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("data"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".mv.db"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  /** What is asked late for others count as waiting too. */
  private void ask(ServiceProcess service) {
    long due = System.nanoTime();
    String question =
        "{\"question\":\"In which week was branch %d checked?\",\"mode\":\"passages\"}"
            .formatted(due % BEFORE);
    var unused =
        client
            .sendAsync(
                HttpRequest.newBuilder(URI.create(service.url() + "/query"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(question))
                    .build(),
                BodyHandlers.ofString())
            .thenAccept(answer -> waited.add(answer.statusCode() == 200 ? millisSince(due) : 1e6));
  }

  private double at(int percent) {
    double[] sorted = waited.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private static double average(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double millisSince(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }

  private static void write(Path folder, String kind, int files) throws IOException {
    Random random = new Random(42);
    List<String> things = Arrays.asList("pump", "valve", "contract", "invoice", "sample");
    for (int i = 0; i < files; i++) {
      String word = kind + Integer.toString(i + 1_000, 36);
      int week = 1 + random.nextInt(52);
      Files.writeString(
          folder.resolve(kind + "-" + i + ".txt"),
          i % 2 == 0
              ? "Note on %s: the %s of branch %d was checked in week %d; nothing is missing."
                  .formatted(word, things.get(random.nextInt(things.size())), i, week)
              : "关于 %s 的记录：第 %d 号设备已于第 %d 周检查完毕，没有发现缺件。".formatted(word, i, week));
    }
  }
}
