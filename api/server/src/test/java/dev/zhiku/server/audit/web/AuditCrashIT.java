package dev.zhiku.server.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.audit.AuditCheck;
import dev.zhiku.server.audit.AuditConfig;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.audit.AuditRecord;
import dev.zhiku.server.audit.AuditSearch;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each request that was answered is in the audit log once, however the service ends. */
class AuditCrashIT {
  private static final int CLIENTS = 6;
  private static final int MOST_ANSWERED = 150;

  @Test
  void what_was_answered_before_a_kill_is_in_the_log_once(@TempDir Path folder) throws Exception {
    killAndLook(folder, 2);
  }

  @Test
  @Tag("crash")
  @Tag("seeds")
  void what_was_answered_before_any_of_many_kills_is_in_the_log_once(@TempDir Path folder)
      throws Exception {
    killAndLook(folder, 25);
  }

  private static void killAndLook(Path folder, int kills) throws Exception {
    long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Set<String> answered = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < kills; i++) {
      askUntilKilled(folder, 10 + random.nextInt(MOST_ANSWERED), answered);
      AuditLog.open(folder.resolve("audit"), AuditConfig.DEFAULT, Clock.systemUTC()).close();
      AuditCheck.Result check = AuditCheck.of(folder.resolve("audit"), Optional.empty());
      assertThat(check.findings()).isEmpty();
      Map<String, Long> times = timesInLog(folder);
      assertThat(answered)
          .allSatisfy(id -> assertThat(times.getOrDefault(id, 0L)).as(id).isEqualTo(1));
      assertThat(times.values()).allMatch(n -> n == 1);
    }
    System.out.println(answered.size() + " answered requests over " + kills + " kills");
    assertThat(answered).hasSizeGreaterThan(10 * kills);
  }

  private static Map<String, Long> timesInLog(Path folder) {
    List<AuditRecord> all = new ArrayList<>();
    new AuditSearch(folder.resolve("audit")).each(AuditSearch.Wanted.ALL, all::add);
    return all.stream()
        .map(record -> record.event().request())
        .filter(id -> !id.isEmpty())
        .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
  }

  private static void askUntilKilled(Path folder, int atLeast, Set<String> answered)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                AuditedMain.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader();
        HttpClient client = HttpClient.newHttpClient();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("port ")) {
        line = lines.readLine();
      }
      assertThat(line).as("the line with the port").isNotNull();
      String base = "http://127.0.0.1:" + String.valueOf(line).substring("port ".length());
      for (int i = 0; i < CLIENTS; i++) {
        boolean question = i % 2 == 0;
        clients.execute(() -> ask(client, base, question, answered));
      }
      int before = answered.size();
      while (answered.size() < before + atLeast && process.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      process.destroyForcibly().waitFor();
    }
  }

  /** Until nobody answers any more. */
  private static void ask(HttpClient client, String base, boolean question, Set<String> answered) {
    HttpRequest request =
        question
            ? HttpRequest.newBuilder(URI.create(base + "/query"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"question\": \"年假有几天？\"}"))
                .build()
            : HttpRequest.newBuilder(URI.create(base + "/documents/d_1")).DELETE().build();
    try {
      while (true) {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        answered.add(response.headers().firstValue("x-request-id").orElseThrow());
      }
    } catch (IOException e) {
      // Killed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
