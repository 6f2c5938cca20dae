package dev.zhiku.app.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.app.evaluation.LabelledCollection;
import dev.zhiku.app.testing.ServiceProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a question costs over HTTP with 20,000 and 100,000 passages, each question asked once:
 * {@code ./mvnw verify -Pfigures -pl api/app -am -Dit.test=ServedSizesIT}; other sizes with {@code
 * -Dzhiku.served.passages=20000,1000000}. With {@code -Dzhiku.served.folder} the indexes are kept
 * there, and used again.
 */
@Tag("figures")
class ServedSizesIT {
  private static final String[] SIZES =
      System.getProperty("zhiku.served.passages", "20000,100000").split(",", -1);

  private static final int WARMING = 400;
  private static final int ALONE = 1_000;
  private static final int CLIENTS = 8;
  private static final int TOGETHER = 2_400;
  private static final int ANSWERED = 500;
  private static final String HEAP = "-Xmx512m";

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @TempDir Path scratch;

  @Test
  void a_question_costs_little_however_many_passages_there_are() throws Exception {
    Path collections =
        ServiceProcess.repository().resolve("../shared/retrieval").toAbsolutePath().normalize();
    assumeTrue(Files.isDirectory(collections), "skipped: " + collections + " is not here");
    List<String> questions = questions(collections);
    Path home =
        System.getProperty("zhiku.served.folder") == null
            ? scratch
            : Path.of(System.getProperty("zhiku.served.folder"));
    for (String size : SIZES) {
      int passages = Integer.parseInt(size);
      Path folder = Files.createDirectories(home.resolve(size));
      measure(folder, passages, collections, questions);
    }
  }

  /** Of both languages in turn, none of them twice. */
  private static List<String> questions(Path collections) {
    List<Iterator<String>> both = new ArrayList<>();
    for (String name : List.of("zh-cmrc2018", "en-squad2")) {
      List<String> all =
          new ArrayList<>(
              LabelledCollection.read(collections.resolve(name)).queries().stream()
                  .map(LabelledCollection.Query::text)
                  .distinct()
                  .toList());
      Collections.shuffle(all, new Random(42));
      both.add(all.iterator());
    }
    List<String> mixed = new ArrayList<>();
    while (both.getFirst().hasNext() && both.getLast().hasNext()) {
      both.forEach(one -> mixed.add(one.next()));
    }
    return mixed;
  }

  private void measure(Path folder, int passages, Path collections, List<String> questions)
      throws Exception {
    try (Server server = Server.start(folder, passages, collections)) {
      Iterator<String> next = questions.iterator();
      double first = timed(server, next.next(), "passages");
      for (int i = 1; i < WARMING; i++) {
        timed(server, next.next(), "passages");
      }
      double[] alone = times(server, next, ALONE, "passages");
      double cpu = server.cpuMillis();
      long begin = System.nanoTime();
      together(server, next);
      double seconds = (System.nanoTime() - begin) / 1e9;
      cpu = (server.cpuMillis() - cpu) / TOGETHER;
      double[] answered = times(server, next, ANSWERED, "answer");
      System.out.printf(
          Locale.ROOT,
          "%d passages: ready %.1f s, first %.0f ms; alone p50 %.1f ms, p99 %.1f ms; %d clients"
              + " %.0f a second, %.2f ms of processor time each; with the built-in answer p50 %.1f"
              + " ms, p99 %.1f ms; %d MB resident, %d MB on disk%n",
          passages,
          server.ready().toMillis() / 1e3,
          first,
          at(alone, 50),
          at(alone, 99),
          CLIENTS,
          TOGETHER / seconds,
          cpu,
          at(answered, 50),
          at(answered, 99),
          server.residentMegabytes(),
          megabytes(folder.resolve("index")));
    }
  }

  private double[] times(Server server, Iterator<String> questions, int count, String mode)
      throws IOException, InterruptedException {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      millis[i] = timed(server, questions.next(), mode);
    }
    Arrays.sort(millis);
    return millis;
  }

  private double timed(Server server, String question, String mode)
      throws IOException, InterruptedException {
    String body =
        json.writeValueAsString(
            json.createObjectNode().put("question", question).put("mode", mode));
    HttpRequest request =
        HttpRequest.newBuilder(server.url().resolve("/query"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    long begin = System.nanoTime();
    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
    double millis = (System.nanoTime() - begin) / 1e6;
    JsonNode read = json.readTree(answer.body());
    assertThat(answer.statusCode()).as(read.toString()).isEqualTo(200);
    if (mode.equals("passages")) {
      assertThat(read.path("passages").isEmpty()).as(read.toString()).isFalse();
    }
    return millis;
  }

  private void together(Server server, Iterator<String> next) throws Exception {
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < TOGETHER; i++) {
      questions.add(next.next());
    }
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Double>> asked = new ArrayList<>();
      for (String question : questions) {
        asked.add(clients.submit(() -> timed(server, question, "passages")));
      }
      for (Future<Double> one : asked) {
        one.get();
      }
    }
  }

  private static double at(double[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private static long megabytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum() >> 20;
    }
  }

  /** A {@link SizedServer} in a process of its own. */
  private record Server(Process process, URI url, Duration ready) implements AutoCloseable {
    static Server start(Path folder, int passages, Path collections) throws IOException {
      if (!Files.isDirectory(folder.resolve("index"))) {
        launch(folder, passages, collections, "-Xmx1g").close();
      }
      return launch(folder, passages, collections, HEAP);
    }

    private static Server launch(Path folder, int passages, Path collections, String heap)
        throws IOException {
      long begin = System.nanoTime();
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  heap,
                  "--add-modules",
                  "jdk.incubator.vector",
                  "--enable-native-access=ALL-UNNAMED",
                  "-Dfile.encoding=UTF-8",
                  "-cp",
                  System.getProperty("java.class.path"),
                  SizedServer.class.getName(),
                  folder.toString(),
                  Integer.toString(passages),
                  collections.toString())
              .redirectError(folder.resolve("server.log").toFile())
              .start();
      BufferedReader said = process.inputReader();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(SizedServer.WRITTEN)) {
          System.out.println(passages + " passages " + line);
        }
        if (line.startsWith(SizedServer.READY)) {
          return new Server(
              process,
              URI.create(line.substring(SizedServer.READY.length())),
              Duration.ofNanos(System.nanoTime() - begin));
        }
      }
      throw new IOException("no server: " + Files.readString(folder.resolve("server.log")));
    }

    double cpuMillis() {
      return process.info().totalCpuDuration().map(Duration::toMillis).orElseThrow();
    }

    long residentMegabytes() throws IOException {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void close() {
      try {
        process.outputWriter().close();
        process.waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
