package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.SmallDisk;
import dev.zhiku.server.http.ConnectionLimit;
import dev.zhiku.server.http.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The temporary disk alone is full; inodes or descriptors are used up. Nothing is lost, the rest
 * goes on, and it recovers by itself.
 */
class ScarceResourcesCrashIT {
  private static final Duration REST = ServiceProcess.PATIENCE;
  private static final int MANY = 30;
  private static final String CONFIGURATION =
      """
      zhiku:
        samples: {enabled: false}
        embedding: {backend: hashing}
        ingest: {keep-free-bytes: 4MB}
      """;

  @TempDir private Path home;
  private Path knowledge;

  @BeforeEach
  void prepare() throws IOException {
    knowledge = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(home.resolve("zhiku.yml"), CONFIGURATION);
  }

  @Test
  @Tag("crash")
  void a_full_temporary_disk_holds_up_only_the_file_that_does_not_fit() throws Exception {
    assumeTrue(SmallDisk.canMount(), "needs Linux with unshare -Urm and tmpfs");
    Path temporary = Files.createDirectories(home.resolve("data/tmp"));
    try (ServiceProcess service = ServiceProcess.startWithDisk(home, "data/tmp", "size=8m")) {
      Path ballast = service.folderSeenByIt(temporary).resolve("ballast");
      Files.write(ballast, new byte[6 << 20]);
      Files.writeString(knowledge.resolve("large.txt"), "largeword\n" + "word ".repeat(600_000));
      drop("small", MANY);
      service.awaitStatus(
          REST,
          s -> s.at("/files/indexed").asInt() == MANY && s.at("/files/total").asInt() == MANY + 1);
      assertFound(service, "small", MANY);
      JsonNode large = document(service, "large.txt");
      assertThat(large.at("/state").asText()).as("%s", large).isIn("pending", "failed");

      Files.delete(ballast);
      service.post("/documents/" + large.at("/id").asText() + "/retry", "");
      service.awaitStatus(REST, s -> s.at("/files/indexed").asInt() == MANY + 1);
      assertThat(service.ask("largeword", "passages").at("/passages/0/path").asText())
          .isEqualTo("large.txt");
    }
  }

  @Test
  @Tag("crash")
  void used_up_inodes_hold_up_the_ingest_until_there_are_some_again() throws Exception {
    assumeTrue(SmallDisk.canMount(), "needs Linux with unshare -Urm and tmpfs");
    Path data = Files.createDirectories(home.resolve("data"));
    drop("before", MANY);
    try (ServiceProcess service =
        ServiceProcess.startWithDisk(home, "data", "size=96m,nr_inodes=1000")) {
      service.awaitStatus(REST, s -> s.at("/files/indexed").asInt() == MANY);
      Path ballast = Files.createDirectory(service.folderSeenByIt(data).resolve("ballast"));
      int made = useUpInodes(ballast);
      assertThat(made).isPositive();
      drop("during", MANY);
      ServiceProcess.pause(6_000);
      assertFound(service, "before", MANY);
      JsonNode files = service.get("/status").body().get("files");
      assertThat(files.get("total").asInt()).as("%s", files).isBetween(MANY, 2 * MANY);

      for (int i = 0; i < made; i++) {
        Files.delete(ballast.resolve(Integer.toString(i)));
      }
      service.awaitStatus(REST, s -> s.at("/files/indexed").asInt() == 2 * MANY);
      assertFound(service, "during", MANY);
      assertThat(service.isAlive()).isTrue();
    }
  }

  private static int useUpInodes(Path ballast) {
    int made = 0;
    try {
      while (made < 1_000) {
        Files.createFile(ballast.resolve(Integer.toString(made)));
        made++;
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    return made;
  }

  @Test
  @Tag("crash")
  void idle_connections_do_not_take_the_files_that_the_service_needs() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs /proc");
    int descriptors = ConnectionLimit.LEAST_DESCRIPTORS;
    int allowed = descriptors - ConnectionLimit.RESERVED_DESCRIPTORS;
    List<RawHttp> idle = new ArrayList<>();
    try (ServiceProcess service = ServiceProcess.startWithDescriptors(home, descriptors)) {
      drop("before", 1);
      service.awaitStatus(REST, s -> s.at("/files/indexed").asInt() == 1);
      int before = service.openDescriptors();
      int port = URI.create(service.url()).getPort();
      for (int i = 0; i < allowed; i++) {
        idle.add(resting(port));
      }
      String refused = awaitHead(port, "HTTP/1.1 503");
      assertThat(refused)
          .contains("too-many-connections")
          .containsIgnoringCase("retry-after")
          .containsIgnoringCase("x-content-type-options");
      drop("during", MANY);
      service.awaitStatus(REST, s -> s.at("/files/indexed").asInt() == MANY + 1);
      assertFound(service, "during", MANY);

      idle.forEach(RawHttp::close);
      awaitHead(port, "HTTP/1.1 200");
      awaitDescriptorsBelow(before + allowed / 2, service);
      assertThat(service.log()).doesNotContain("Too many open files");
    }
  }

  /** A connection that has had its answer may rest for ten seconds. */
  private static RawHttp resting(int port) {
    RawHttp connection = new RawHttp(port);
    connection.send("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n");
    connection.readHead();
    return connection;
  }

  /** They are given back a moment after the connections are left. */
  private static void awaitDescriptorsBelow(int most, ServiceProcess service) {
    Instant limit = Instant.now().plus(REST);
    while (service.openDescriptors() >= most && Instant.now().isBefore(limit)) {
      ServiceProcess.pause(50);
    }
    assertThat(service.openDescriptors()).isLessThan(most);
  }

  /** Connections are counted a moment after they are made and left. */
  private static String awaitHead(int port, String head) {
    String request =
        "GET /status HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
    Instant limit = Instant.now().plus(REST);
    String response = exchange(port, request);
    while (!response.startsWith(head) && Instant.now().isBefore(limit)) {
      ServiceProcess.pause(50);
      response = exchange(port, request);
    }
    assertThat(response).startsWith(head);
    return response;
  }

  /** A refused one that asks too late is cut off. */
  private static String exchange(int port, String request) {
    try {
      return RawHttp.exchange(port, request);
    } catch (UncheckedIOException cutOff) {
      return String.valueOf(cutOff.getMessage());
    }
  }

  @Test
  void a_start_with_too_few_descriptors_is_refused_with_the_way_out() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs /proc");
    ServiceProcess.Ended ended =
        ServiceProcess.runWithDescriptors(
            home, ConnectionLimit.LEAST_DESCRIPTORS - 1, "serve", "--port", "0");

    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
    assertThat(ended.output()).contains("too-few-descriptors", "ulimit -n");
  }

  private static JsonNode document(ServiceProcess service, String path) {
    return service.get("/documents?source=knowledge&path=" + path).body().at("/items/0");
  }

  private void drop(String prefix, int files) throws IOException {
    for (int i = 0; i < files; i++) {
      Files.writeString(knowledge.resolve(prefix + i + ".txt"), "It has " + word(prefix, i) + ".");
    }
  }

  private static String word(String prefix, int file) {
    return prefix + "word" + file + "x";
  }

  private static void assertFound(ServiceProcess service, String prefix, int files) {
    for (int i = 0; i < files; i++) {
      assertThat(service.ask(word(prefix, i), "passages").at("/passages/0/path").asText())
          .isEqualTo(prefix + i + ".txt");
    }
  }
}
