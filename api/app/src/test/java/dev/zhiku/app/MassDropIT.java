package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of small files appear at once, more than the watch on the folder reports, as the
 * service's log says. None is missed, the first ones are found soon, and who asks meanwhile hardly
 * notices.
 */
class MassDropIT {
  private static final long SEED = 42;
  private static final int BEFORE = 60;
  private static final int IDLE_QUESTIONS = 400;
  private static final int PROBES = 50;
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final double LEAST_LIMIT_MILLIS = 30;

  /** A larger index has more segments, each of several open files. */
  private static final int FILES_OF_MORE_SEGMENTS = 400;

  private static final String OVERFLOW = "than the system reports";

  private final Random random = new Random(SEED);
  @TempDir Path home;

  @Test
  @Tag("soak")
  void five_thousand_files_at_once_are_all_found_and_the_first_within_seconds() throws Exception {
    Measured measured = drop(5_000, Duration.ofMinutes(15));
    assertThat(measured.asked()).isPositive();
  }

  /** Run it on a machine that nobody else uses. */
  @Test
  @Tag("figures")
  void twenty_thousand_files_at_once_are_all_found_while_questions_are_answered() throws Exception {
    Measured measured = drop(20_000, Duration.ofMinutes(25));
    assertThat(measured.p95Meanwhile())
        .isLessThanOrEqualTo(Math.max(2 * measured.p95Idle(), LEAST_LIMIT_MILLIS));
  }

  private record Measured(int asked, double p95Idle, double p95Meanwhile) {}

  private Measured drop(int files, Duration limit) throws IOException {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    write(folder, "before", BEFORE);
    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitStatus(Duration.ofMinutes(2), s -> s.at("/files/indexed").asInt() == BEFORE);
      ask(service, IDLE_QUESTIONS, "before", BEFORE);
      double[] idle = ask(service, IDLE_QUESTIONS, "before", BEFORE);
      int descriptors = service.openDescriptors();
      Path staged = Files.createDirectories(home.resolve("staged"));
      write(staged, "drop", files);
      long begin = System.nanoTime();
      moveAll(staged, folder, files);
      double moved = seconds(begin);
      double first = -1;
      double[] millis = new double[0];
      JsonNode status = service.get("/status").body();
      while (status.at("/files/indexed").asInt() < BEFORE + files) {
        assertThat(seconds(begin)).as("%s", status).isLessThan((double) limit.toSeconds());
        millis = joined(millis, ask(service, 10, "before", BEFORE));
        status = service.get("/status").body();
        if (first < 0 && status.at("/files/indexed").asInt() > BEFORE) {
          first = seconds(begin);
        }
      }
      double all = seconds(begin);
      System.out.printf(
          "%d files dropped in %.1f s: the first searchable after %.1f s, all after %.1f s%n",
          files, moved, first, all);
      System.out.printf("  %.0f files per second, while questions were asked%n", files / all);
      print("  /query idle", idle);
      print("  /query meanwhile", millis);
      print("  /query idle, afterwards", ask(service, IDLE_QUESTIONS, "before", BEFORE));
      assertThat(service.log()).contains(OVERFLOW);
      assertThat(first).isBetween(0.0, (double) FIRST.toSeconds());
      assertNoneMissed(service, files);
      System.out.printf(
          "  file descriptors: %d before, %d after%n", descriptors, service.openDescriptors());
      assertThat(service.openDescriptors()).isLessThan(descriptors + FILES_OF_MORE_SEGMENTS);
      return new Measured(millis.length, at(idle, 95), at(millis, 95));
    }
  }

  private void assertNoneMissed(ServiceProcess service, int files) {
    JsonNode counts = service.get("/status").body().get("files");
    assertThat(counts.get("total").asInt()).isEqualTo(BEFORE + files);
    assertThat(counts.get("pending").asInt()).isZero();
    for (int i = 0; i < PROBES; i++) {
      int file = random.nextInt(files);
      JsonNode found = service.ask(nonce("drop", file), "passages");
      assertThat(paths(found)).as(nonce("drop", file)).contains(name("drop", file));
    }
  }

  private static void write(Path folder, String kind, int files) throws IOException {
    Random words = new Random(SEED);
    List<String> things = List.of("pump", "valve", "contract", "invoice", "sample", "patient");
    for (int i = 0; i < files; i++) {
      String text =
          i % 2 == 0
              ? "Note on %s: the %s of branch %d was checked in week %d; nothing is missing."
                  .formatted(nonce(kind, i), things.get(words.nextInt(6)), i, words.nextInt(53))
              : "关于 %s 的记录：第 %d 号设备已于第 %d 周检查完毕，没有发现缺件。"
                  .formatted(nonce(kind, i), i, words.nextInt(53));
      Files.writeString(folder.resolve(name(kind, i)), text);
    }
  }

  /** A word that no other file has. */
  private static String nonce(String kind, int file) {
    return "q" + kind + Integer.toString(file + 1_000, 36) + "z";
  }

  private static String name(String kind, int file) {
    return kind + "-" + file + ".txt";
  }

  private static void moveAll(Path from, Path to, int files) throws IOException {
    for (int i = 0; i < files; i++) {
      Files.move(from.resolve(name("drop", i)), to.resolve(name("drop", i)));
    }
  }

  /** Milliseconds of each question, over HTTP, by meaning and by words. */
  private double[] ask(ServiceProcess service, int questions, String kind, int files) {
    double[] millis = new double[questions];
    for (int i = 0; i < questions; i++) {
      int file = random.nextInt(files);
      String question =
          file % 2 == 0
              ? "When was branch %d checked, according to %s?".formatted(file, nonce(kind, file))
              : "%s 记录的第 %d 号设备什么时候检查的？".formatted(nonce(kind, file), file);
      long begin = System.nanoTime();
      JsonNode answer = service.ask(question, "passages");
      millis[i] = seconds(begin) * 1_000;
      assertThat(paths(answer)).as(question).contains(name(kind, file));
    }
    return millis;
  }

  private static List<String> paths(JsonNode answer) {
    return answer.get("passages").findValuesAsText("path");
  }

  private static double[] joined(double[] one, double[] other) {
    double[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static void print(String what, double[] millis) {
    System.out.printf(
        "%s, %d questions: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
        what, millis.length, at(millis, 50), at(millis, 95), at(millis, 99));
  }

  private static double at(double[] millis, int percent) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
