package dev.zhiku.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.api.testing.PromisedTime;
import dev.zhiku.api.testing.ServiceProcess;
import dev.zhiku.api.testing.SmallDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Others fill the disk of the data folder below the mark while files are read. On a disk in memory
 * that only the service sees.
 */
class DiskFullCrashIT {
  private static final long DISK_BYTES = 96L << 20;

  /** Until files are read again, without a restart. */
  private static final Duration PROMISED = Duration.ofSeconds(30);

  private static final Duration AT_ONCE = Duration.ofSeconds(15);

  /** How long the service may believe that there is room. */
  private static final long SEEN_AFTER_MILLIS = 250;

  private static final Duration REST = ServiceProcess.PATIENCE;
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
    assumeTrue(SmallDisk.canMount(), "needs Linux with unshare -Urm and tmpfs");
    knowledge = Files.createDirectories(home.resolve("knowledge"));
    data = Files.createDirectories(home.resolve("data"));
    keepFree("24MB");
  }

  private void keepFree(String size) throws IOException {
    Files.writeString(home.resolve("zhiku.yml"), CONFIGURATION.replace("SIZE", size));
  }

  @Test
  @Tag("promise")
  void a_disk_filled_to_the_mark_pauses_the_ingest_and_resumes_it() throws Exception {
    fillAndFree(12L << 20, 12);
  }

  @Test
  @Tag("crash")
  void a_disk_filled_to_the_last_byte_while_the_catalogue_is_written_loses_nothing()
      throws Exception {
    fillToTheLastByte(2);
  }

  @Test
  @Tag("soak")
  void a_disk_filled_to_the_last_byte_twenty_times_loses_nothing() throws Exception {
    fillToTheLastByte(20);
  }

  /** Others take all there is in one jump at a random moment while files are read. */
  private void fillToTheLastByte(int times) throws Exception {
    long seed = Long.getLong("zhiku.test.seed", 20_261_121L);
    System.out.println("seed " + seed + " (repeat with -Dzhiku.test.seed=" + seed + ")");
    Random random = new Random(seed);
    drop("before", 20);
    int closed = 0;
    List<Double> seconds = new ArrayList<>();
    try (ServiceProcess service = ServiceProcess.startOnSmallDisk(home, DISK_BYTES)) {
      awaitAll(service, REST);
      long process = service.processId();
      Path ballast = service.folderSeenByIt(data).resolve("ballast");
      for (int i = 0; i < times; i++) {
        String what = "jump " + i + " of seed " + seed;
        drop("jump" + i + "at", 30);
        ServiceProcess.pause(1_900 + random.nextInt(1_200));
        closed += jump(service, ballast, random, what) ? 1 : 0;
        Files.delete(ballast);
        long freed = System.nanoTime();
        awaitResumed(service);
        awaitAll(service, REST);
        seconds.add((System.nanoTime() - freed) / 1e9);
        assertThat(service.get("/status").body().at("/warnings")).as(what).isEmpty();
      }
      assertNothingLost(service);
      assertThat(service.isAlive()).isTrue();
      assertThat(service.processId()).isEqualTo(process);
      Collections.sort(seconds);
      System.out.printf(
          "%d jumps to the last byte, %d of them closed the catalogue, %d files, 0 lost; all"
              + " answered again after %.1f s (median, longest %.1f s)%n",
          times,
          closed,
          words.size(),
          seconds.get(seconds.size() / 2),
          seconds.get(seconds.size() - 1));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + Files.readString(home.resolve("service.log")), e);
    }
  }

  /** Whether the catalogue was closed by it. */
  private boolean jump(ServiceProcess service, Path ballast, Random random, String what)
      throws IOException {
    fill(ballast, 0);
    ServiceProcess.pause(2 * SEEN_AFTER_MILLIS);
    boolean closed = false;
    long end = System.nanoTime() + Duration.ofMillis(500 + random.nextInt(3_000)).toNanos();
    do {
      assertAnswersAtOnce(service, what);
      ServiceProcess.Response documents = service.get("/documents");
      assertThat(documents.status()).as(what).isIn(200, 503);
      if (documents.status() == 503) {
        closed = true;
        assertThat(documents.body().at("/code").asText()).isEqualTo("catalogue-unavailable");
        assertThat(documents.body().at("/remedy").asText()).isNotEmpty();
      }
    } while (System.nanoTime() < end);
    return closed;
  }

  private static void assertAnswersAtOnce(ServiceProcess service, String what) {
    PromisedTime time = PromisedTime.start();
    assertAnswers(service, what);
    time.require("answer (" + what + ")", AT_ONCE);
  }

  private static void assertAnswers(ServiceProcess service, String what) {
    ServiceProcess.Response status = service.get("/status");
    assertThat(status.status()).as(what).isEqualTo(200);
    JsonNode files = status.body().at("/files");
    assertThat(files.at("/total").asLong())
        .as(what)
        .isEqualTo(
            files.at("/indexed").asLong()
                + files.at("/failed").asLong()
                + files.at("/skipped").asLong()
                + files.at("/pending").asLong());
    if (!status.body().at("/counted_at").isNull()) {
      assertThat(status.body().at("/warnings/0/code").asText()).isEqualTo("catalogue-unavailable");
    }
    JsonNode answer = service.ask("beforeword7x", "passages");
    assertThat(answer.at("/passages/0/path").asText()).as(what).isEqualTo("before7.txt");
    assertThat(answer.at("/warnings")).as(what).isNotEmpty();
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
          service.awaitStatus(REST, s -> s.at("/storage/mode").asText().equals("read_only"));
      assertThat(status.at("/storage/reason").asText()).isEqualTo("disk");
      drop("full", files);
      ServiceProcess.pause(4_000);
      assertReadOnlyAndAnswering(service);

      Files.delete(ballast);
      long freed = System.nanoTime();
      awaitResumed(service);
      drop("after", 1);
      awaitAll(service, REST);
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

  /** Something may be written again, and all that is known of the files can be read. */
  private static void awaitResumed(ServiceProcess service) {
    PromisedTime.await(
        "room to write",
        PROMISED,
        () -> {
          JsonNode status = service.get("/status").body();
          return status.at("/storage/mode").asText().equals("read_write")
              && status.at("/warnings").isEmpty();
        });
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
