package dev.zhiku.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.api.testing.ServiceProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Others fill the disk of the data folder below the mark while files are read (fault F08). On a
 * disk in memory that only the service sees.
 */
class DiskFullTest {
  private static final long DISK_BYTES = 96L << 20;
  private static final Duration PROMISED = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofSeconds(90);
  private static final String CONFIGURATION =
      """
      zhiku:
        samples: {enabled: false}
        embedding: {backend: hashing}
        ingest: {keep-free-bytes: SIZE}
      """;

  @TempDir private Path home;
  private Path knowledge;
  private Path data;
  private final TreeMap<String, String> words = new TreeMap<>();

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(canMount(), "needs Linux with unshare -Urm and tmpfs");
    knowledge = Files.createDirectories(home.resolve("knowledge"));
    data = Files.createDirectories(home.resolve("data"));
    keepFree("24MB");
  }

  private void keepFree(String size) throws IOException {
    Files.writeString(home.resolve("zhiku.yml"), CONFIGURATION.replace("SIZE", size));
  }

  private static boolean canMount() throws InterruptedException {
    String mount = "mount -t tmpfs -o size=4096 tmpfs /mnt";
    try {
      return new ProcessBuilder("unshare", "-Urm", "sh", "-c", mount)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void a_disk_filled_to_the_mark_pauses_the_ingest_and_resumes_it() throws Exception {
    fillAndFree(12L << 20, 12);
  }

  /**
   * @param left bytes that whoever fills the disk leaves
   * @param files dropped just before and again while it is full
   */
  private void fillAndFree(long left, int files) throws Exception {
    drop("before", 20);
    try (ServiceProcess service = ServiceProcess.startOnSmallDisk(home, DISK_BYTES)) {
      awaitAll(service, REST);
      Path ballast = service.folderSeenByIt(data).resolve("ballast");

      drop("during", files);
      ServiceProcess.pause(2_200);
      fill(ballast, left);
      JsonNode status =
          service.awaitStatus(PROMISED, s -> s.at("/storage/mode").asText().equals("read_only"));
      assertThat(status.at("/storage/reason").asText()).isEqualTo("disk");
      drop("full", files);
      ServiceProcess.pause(4_000);
      assertReadOnlyAndAnswering(service);

      Files.delete(ballast);
      long freed = System.nanoTime();
      service.awaitStatus(PROMISED, s -> s.at("/storage/mode").asText().equals("read_write"));
      drop("after", 1);
      awaitAll(service, PROMISED);
      System.out.printf(
          "%d bytes left, %d files: all answered %.1f s after there was room%n",
          left, words.size(), (System.nanoTime() - freed) / 1e9);
      assertNothingLost(service);
      System.out.println(
          service.log().lines().filter(line -> line.contains("No space left")).count()
              + " failures for lack of room in the log");
      assertThat(service.isAlive()).isTrue();
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + Files.readString(home.resolve("service.log")), e);
    }
  }

  private void drop(String prefix, int files) throws IOException {
    for (int i = 0; i < files; i++) {
      String word = prefix + "word" + i + "x";
      Files.writeString(
          knowledge.resolve(prefix + i + ".txt"),
          "The file " + prefix + " has the word " + word + ".");
      words.put(prefix + i + ".txt", word);
    }
  }

  /** As somebody else's files do it. */
  private static void fill(Path ballast, long left) throws IOException {
    byte[] block = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (ballast.toFile().getUsableSpace() > left) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private void assertReadOnlyAndAnswering(ServiceProcess service) {
    assertThat(service.get("/health/live").status()).isEqualTo(200);
    ServiceProcess.Response ready = service.get("/health/ready");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.body().at("/status").asText()).isEqualTo("degraded");
    assertThat(ready.body().toString()).contains("\"part\":\"disk\"", "READ_ONLY(disk)");
    for (int i = 0; i < 20; i++) {
      JsonNode answer = service.ask("beforeword" + i + "x", "passages");
      assertThat(answer.at("/passages/0/path").asText()).isEqualTo("before" + i + ".txt");
      assertThat(answer.at("/warnings").toString()).contains("\"disk-full\"");
    }
    assertThat(service.upload("up.txt", "text").status()).isEqualTo(507);
  }

  private void awaitAll(ServiceProcess service, Duration limit) {
    service.awaitStatus(
        limit,
        s ->
            s.at("/files/pending").asInt() == 0
                && s.at("/files/indexed").asInt() == words.size()
                && s.at("/files/total").asInt() == words.size());
  }

  private void assertNothingLost(ServiceProcess service) {
    words.forEach(
        (path, word) ->
            assertThat(service.ask(word, "passages").at("/passages/0/path").asText())
                .isEqualTo(path));
  }
}
