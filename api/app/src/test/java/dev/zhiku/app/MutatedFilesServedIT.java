package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.ingest.testing.Mutation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of many formats, damaged at random, dropped into the folder of a running service: it stays
 * the same process, each file comes to an end, questions are answered all the while, nothing is
 * left behind, and nothing connects to anywhere.
 */
class MutatedFilesServedIT {
  private static final Path SHARED =
      ServiceProcess.repository().resolve("../shared/files").normalize();
  private static final Duration REST = ServiceProcess.PATIENCE;
  private static final long LARGEST_BYTES = 1 << 20;
  private static final int FILES_AT_ONCE = 50;
  private static final int PAGE = 500;
  private static final List<Mutation> MUTATIONS = List.of(Mutation.values());
  private static final Pattern ADDRESS = Pattern.compile("sa_family=(AF_\\w+)");

  /** Nearer than any network: other processes, and the kernel, which a wall asks for a loopback. */
  private static final Set<String> WITHIN_THE_SYSTEM = Set.of("AF_UNIX", "AF_NETLINK");

  private static final String CALLS = "trace=accept,accept4,connect,sendto,sendmsg,sendmmsg";

  @TempDir Path home;
  private long questions;
  private long slowestAnswerMillis;
  private long slowestSignOfLifeMillis;

  @Test
  @Tag("long")
  void thirty_damaged_files_are_read_by_a_service_that_goes_on() throws Exception {
    survive(30, Duration.ofMinutes(30));
  }

  @Test
  @Tag("soak")
  void two_thousand_damaged_files_are_read_by_a_service_that_goes_on() throws Exception {
    survive(2_000, Duration.ofMinutes(90));
  }

  private void survive(int count, Duration limit) throws Exception {
    assumeTrue(Files.isDirectory(SHARED), "no collection of files at " + SHARED);
    assumeTrue(mayTrace(), "no strace that may trace here");
    long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
    System.out.println("seed " + seed + " (repeat with -Dzhiku.test.seed=" + seed + ")");
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(folder.resolve("whole.md"), "# Vault\n\nThe vault opens with quillon 7.\n");
    Path calls = home.resolve("calls");
    try (ServiceProcess service = ServiceProcess.startTraced(home, CALLS, calls)) {
      service.awaitStatus(REST, status -> indexed(status) == 1);
      Instant start = Instant.now();
      drop(folder, new Random(seed), count, service);
      while (waiting(service.get("/status").body(), count + 1)) {
        assertThat(Duration.between(start, Instant.now()))
            .as("nothing hangs, %s", service.get("/documents?state=pending").body())
            .isLessThan(limit);
        ask(service);
      }
      Duration took = Duration.between(start, Instant.now());
      assertThat(service.isAlive()).as("the same process").isTrue();
      Map<String, Integer> outcomes = outcomes(service);
      assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(count + 1);
      assertThat(filesBelow(home.resolve("data/tmp/copies"))).isEmpty();
      awaitOnlyTheUsualChildren(service);
      assertThat(service.stop()).isZero();
      assertThat(filesBelow(home.resolve("data/tmp"))).isEmpty();
      System.out.printf(
          "%d files in %d s, %s%n%d questions, the slowest after %d ms, sign of life within %d ms%n",
          count,
          took.toSeconds(),
          outcomes,
          questions,
          slowestAnswerMillis,
          slowestSignOfLifeMillis);
    }
    List<String> elsewhere = addressesOf(calls);
    System.out.println("connections and packets: " + elsewhere.size() + " " + elsewhere);
    assertThat(elsewhere).as("nothing is sent to anywhere").isEmpty();
  }

  /** Two parsers and one that recognises text; one that is being replaced is gone in a moment. */
  private static void awaitOnlyTheUsualChildren(ServiceProcess service) {
    long end = System.nanoTime() + REST.toNanos();
    while (service.children().size() > 3 && System.nanoTime() - end < 0) {
      ServiceProcess.pause(50);
    }
    assertThat(service.children()).as("children").hasSizeLessThanOrEqualTo(3);
  }

  private static boolean mayTrace() throws IOException, InterruptedException {
    try {
      Process probe =
          new ProcessBuilder("strace", "--seccomp-bpf", "-f", "-qq", "-o", "/dev/null", "true")
              .start();
      return probe.waitFor(60, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  private static int indexed(JsonNode status) {
    return status.at("/files/indexed").asInt();
  }

  private static boolean waiting(JsonNode status, int files) {
    return status.at("/files/pending").asInt() > 0 || status.at("/files/total").asInt() < files;
  }

  private void drop(Path folder, Random random, int count, ServiceProcess service)
      throws IOException {
    List<Path> originals = originals();
    for (int number = 0; number < count; number++) {
      Path original = originals.get(random.nextInt(originals.size()));
      Mutation mutation = MUTATIONS.get(random.nextInt(MUTATIONS.size()));
      byte[] bytes = mutation.of(Files.readAllBytes(original), new Random(random.nextLong()));
      Files.write(folder.resolve(number + "-" + original.getFileName()), bytes);
      if (number % FILES_AT_ONCE == 0) {
        ask(service);
      }
    }
  }

  private static List<Path> originals() throws IOException {
    try (Stream<Path> files = Files.walk(SHARED)) {
      return files.filter(MutatedFilesServedIT::isTaken).sorted().toList();
    }
  }

  private static boolean isTaken(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) > 0 && Files.size(file) <= LARGEST_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ask(ServiceProcess service) {
    long start = System.nanoTime();
    JsonNode passages = service.ask("What does the vault open with?", "passages").get("passages");
    slowestAnswerMillis = Math.max(slowestAnswerMillis, millisSince(start));
    questions++;
    assertThat(passages.toString()).as("an answer from the whole file").contains("quillon 7");
    start = System.nanoTime();
    assertThat(service.get("/health/live").status()).isEqualTo(200);
    slowestSignOfLifeMillis = Math.max(slowestSignOfLifeMillis, millisSince(start));
    ServiceProcess.pause(100);
  }

  private static long millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  /** Files by what became of them. */
  private static Map<String, Integer> outcomes(ServiceProcess service) {
    Map<String, Integer> outcomes = new TreeMap<>();
    String cursor = "";
    do {
      JsonNode page = service.get("/documents?source=knowledge&limit=" + PAGE + cursor).body();
      for (JsonNode item : page.get("items")) {
        String outcome = item.path("reason_code").asText(item.get("state").asText());
        outcomes.merge(outcome, 1, Integer::sum);
      }
      cursor =
          page.get("next_cursor").isNull() ? "" : "&cursor=" + page.get("next_cursor").asText();
    } while (!cursor.isEmpty());
    return outcomes;
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Calls that name an address, but for those that take a connection. */
  private static List<String> addressesOf(Path calls) throws IOException {
    List<String> found = new ArrayList<>();
    List<String> lines = Files.readAllLines(calls);
    assertThat(lines).as("the tracer sees something").anyMatch(line -> line.contains("accept"));
    for (String line : lines) {
      Matcher address = ADDRESS.matcher(line);
      boolean taken = line.contains("accept");
      if (!taken && address.find() && !WITHIN_THE_SYSTEM.contains(address.group(1))) {
        found.add(line);
      }
    }
    return found;
  }
}
