package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Response;
import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.server.http.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks of the size at which each ended or starved a service, with the heap that the launcher
 * gives it: it lives, and somebody else is served meanwhile. Everything stays on this machine.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(1_800)
class FullSizeAttacksCrashIT {
  private static final Duration START = ServiceProcess.PATIENCE;
  private static final Duration HELD = Duration.ofSeconds(20);
  private static final int OPENED_AT_ONCE = 200;

  @TempDir private Path home;
  private final Queue<RawHttp> connections = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void prepare() throws IOException {
    Files.writeString(
        home.resolve("zhiku.yml"),
        "zhiku: {samples: {enabled: false}, embedding: {backend: hashing}}");
    Files.createDirectories(home.resolve("knowledge"));
  }

  @AfterEach
  void disconnect() {
    connections.forEach(RawHttp::close);
  }

  private static String head(String line, int length) {
    return line
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  /** Sends the same over so many connections of another address, and leaves them open. */
  private void send(ServiceProcess service, int count, String text, byte[] more)
      throws InterruptedException, IOException {
    int port = URI.create(service.url()).getPort();
    InetAddress attacker = InetAddress.getByName("127.0.0.2");
    Semaphore turn = new Semaphore(OPENED_AT_ONCE);
    for (int i = 0; i < count; i++) {
      turn.acquire();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  RawHttp connection = new RawHttp(port, attacker);
                  connections.add(connection);
                  turn.release();
                  connection.send(text);
                  connection.send(more);
                } catch (UncheckedIOException cut) {
                  turn.release(); // Refused or cut off, as it should be.
                }
              });
    }
  }

  /** While the connections are held, and after they were cut. */
  private static void assertServed(ServiceProcess service) {
    long end = System.nanoTime() + HELD.toNanos();
    do {
      assertThat(service.get("/status").status()).isEqualTo(200);
      assertThat(service.post("/query", "{\"question\":\"When is lunch?\"}").status())
          .isEqualTo(200);
      ServiceProcess.pause(500);
    } while (System.nanoTime() - end < 0);
    assertThat(service.isAlive()).isTrue();
    assertThat(service.log()).doesNotContain("OutOfMemoryError", "OutOfDirectMemoryError");
  }

  @Test
  @Tag("crash")
  void eight_searches_in_a_path_of_half_a_megabyte_are_refused() {
    String various =
        IntStream.rangeClosed('a', 'z')
            .mapToObj(Character::toString)
            .collect(Collectors.joining("", "", "äöü年假"));
    String body =
        "{\"question\":\"hi\",\"mode\":\"passages\",\"filter\":{\"path_prefix\":\"%s\"}}"
            .formatted(various + "a".repeat(520_000 - 2_000 - 10_000));
    try (ServiceProcess service = ServiceProcess.start(home)) {
      Queue<Integer> answers = new ConcurrentLinkedQueue<>();
      List<Thread> askers =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      Thread.ofVirtual()
                          .start(() -> answers.add(service.post("/query", body).status())))
              .toList();
      for (Thread asker : askers) {
        PromisedTime.await("answer", START, () -> !asker.isAlive());
      }
      assertThat(answers).hasSize(8).containsOnly(400);
      assertServed(service);
    }
  }

  @Test
  @Tag("crash")
  void two_thousand_four_hundred_half_sent_questions_take_their_share_of_memory() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(home)) {
      send(service, 2_400, head("POST /query", 512_000), new byte[500_000]);
      assertServed(service);
    }
  }

  @Test
  @Tag("crash")
  void six_hundred_and_forty_half_sent_completions_of_two_megabytes_do_too() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(home)) {
      send(service, 640, head("POST /v1/chat/completions", 2 << 20), new byte[2_040_000]);
      assertServed(service);
    }
  }

  @Test
  @Tag("crash")
  void two_thousand_half_sent_sign_ins_starve_nobody() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(home)) {
      send(service, 2_000, head("POST /session", 1_000_000), new byte[900_000]);
      assertServed(service);
    }
  }

  @Test
  @Tag("crash")
  void downloads_that_nobody_reads_do_not_use_up_the_files() throws Exception {
    Files.writeString(
        home.resolve("knowledge/big.txt"), "The canteen opens at eight. ".repeat(2_200_000));
    try (ServiceProcess service = ServiceProcess.startWithDescriptors(home, 1_024)) {
      PromisedTime.await(
          "document", START, () -> !documents(service).body().at("/items/0/id").isMissingNode());
      String id = documents(service).body().at("/items/0/id").asText();
      String request = "GET /documents/" + id + "/content HTTP/1.1\r\nHost: localhost\r\n\r\n";

      send(service, 580, request, new byte[0]);

      assertServed(service);
      assertThat(service.openDescriptors()).isBetween(1, 1_000);
      assertThat(service.log()).doesNotContain("Too many open files");
    }
  }

  private static Response documents(ServiceProcess service) {
    return service.get("/documents?path=big.txt");
  }
}
