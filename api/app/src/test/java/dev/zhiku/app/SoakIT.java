package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhiku.app.testing.Fault;
import dev.zhiku.app.testing.SmallDisk;
import dev.zhiku.app.testing.SoakedService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed load with faults one after another: files come, change and go, questions are asked and kept
 * in conversations, documents deleted. After each fault every file that stands there is answered
 * from, nothing else is, and at the end the audit log is sound. Each fault has a seed of its own,
 * by which it is repeated alone: {@code -Dzhiku.test.seed=N}.
 */
class SoakIT {
  /** Length of the long form, in minutes. */
  private static final int MINUTES = Integer.getInteger("zhiku.soak.minutes", 120);

  @TempDir private Path home;

  /** What became of a fault. */
  private record Row(Fault fault, long seed, long questions, double seconds) {}

  @Test
  @Tag("long")
  void each_fault_once_loses_nothing() throws Exception {
    soak(Duration.ZERO);
  }

  @Test
  @Tag("soak")
  void faults_for_two_hours_lose_nothing() throws Exception {
    soak(Duration.ofMinutes(MINUTES));
  }

  /** Every fault at least once, and more until the time is over. */
  private void soak(Duration length) throws Exception {
    assumeTrue(SmallDisk.canMount(), "needs Linux with unshare -Urm and tmpfs");
    Instant start = Instant.now();
    long first = Long.getLong("zhiku.test.seed", System.nanoTime() & 0xFFFFFF);
    List<Row> rows = new ArrayList<>();
    try (SoakedService service = SoakedService.start(home)) {
      for (long seed = first; rows.isEmpty() || goesOn(start, length, rows); seed++) {
        Random random = new Random(seed);
        Fault fault = next(rows, random);
        System.out.printf(Locale.ROOT, "%s: seed %d%n", fault, seed);
        long asked = service.questions();
        service.load(random);
        long began = System.nanoTime();
        service.suffer(fault, random);
        service.awaitWhole("seed " + seed + ", " + fault);
        double seconds = (System.nanoTime() - began) / 1e9;
        rows.add(new Row(fault, seed, service.questions() - asked, seconds));
      }
      print(rows, Duration.between(start, Instant.now()), service);
      service.assertSound();
    }
    assertThat(rows).extracting(Row::fault).containsAll(EnumSet.allOf(Fault.class));
  }

  private static boolean goesOn(Instant start, Duration length, List<Row> rows) {
    return rows.size() < Fault.values().length || Instant.now().isBefore(start.plus(length));
  }

  /** Each of them once in an order of its own, then any. */
  private static Fault next(List<Row> rows, Random random) {
    List<Fault> left = new ArrayList<>(List.of(Fault.values()));
    if (rows.size() < left.size()) {
      rows.forEach(row -> left.remove(row.fault()));
      Collections.sort(left);
    }
    return left.get(random.nextInt(left.size()));
  }

  private static void print(List<Row> rows, Duration took, SoakedService service) {
    System.out.printf(
        Locale.ROOT,
        "%n%d faults in %d s, %d questions, %d files in the end, 0 lost%n",
        rows.size(),
        took.toSeconds(),
        service.questions(),
        service.files());
    System.out.println("| fault | seed | questions meanwhile | whole again after, s |");
    System.out.println("|---|---|---|---|");
    for (Row row : rows) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %.1f |%n",
          row.fault(),
          row.seed(),
          row.questions(),
          row.seconds());
    }
  }
}
