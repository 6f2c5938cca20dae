package dev.zhiku.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service with its real stores, killed from outside and checked against what must be. */
class IngestCrashTest {
  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_120L);

  @TempDir private Path base;

  @Test
  void four_kills_under_load_lose_nothing_and_leave_no_ghost() throws Exception {
    killAgainAndAgain(4, 2);
  }

  @Test
  @Tag("long")
  void thirty_kills_under_load_lose_nothing_and_leave_no_ghost() throws Exception {
    killAgainAndAgain(30, 4);
  }

  private void killAgainAndAgain(int kills, int checkEvery) throws Exception {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    FolderOracle oracle = new FolderOracle(base.resolve("knowledge"), random.nextLong());
    for (int kill = 1; kill <= kills; kill++) {
      try (KilledService service = KilledService.start(base)) {
        if (random.nextInt(4) > 0) {
          service.awaitReady();
        }
        loadAndKill(service, oracle, random);
      }
      if (kill % checkEvery == 0 || kill == kills) {
        try (KilledService service = KilledService.start(base)) {
          service.awaitReady();
          verify(oracle, service.check(), "after kill " + kill + " of seed " + SEED);
        }
      }
    }
    System.out.println(kills + " kills, 0 violations, " + oracle.texts().size() + " files");
  }

  /** Changes the folder for a random while, on average a second and a half, and kills. */
  private static void loadAndKill(KilledService service, FolderOracle oracle, Random random)
      throws Exception {
    long millis = (long) Math.min(8_000, -1_500 * Math.log(1 - random.nextDouble()));
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      oracle.change();
      Thread.sleep(random.nextInt(40));
    }
    service.kill();
  }

  @ParameterizedTest
  @ValueSource(strings = {"after-replace", "after-index-commit", "after-remove"})
  void a_halt_between_the_stores_is_repaired(String point) throws Exception {
    assertThat(haltedAndRepaired(point + ":1")).isTrue();
  }

  @Test
  @Tag("long")
  void a_halt_at_every_step_in_turn_is_repaired() throws Exception {
    int steps = 1;
    while (haltedAndRepaired("*:" + steps)) {
      steps++;
    }
    System.out.println("halted at " + (steps - 1) + " steps, 0 violations");
    assertThat(steps).isGreaterThan(20);
  }

  /** Whether the point was reached at all. */
  private boolean haltedAndRepaired(String point) throws Exception {
    Path here = Files.createDirectories(base.resolve(point.replace("*", "any").replace(':', '-')));
    FolderOracle oracle = new FolderOracle(here.resolve("knowledge"), SEED);
    boolean halted;
    try (KilledService service =
        KilledService.start(here, "-D" + FaultPoints.PROPERTY + "=" + point + ":halt")) {
      oracle.write("a.txt");
      oracle.write("b.txt");
      oracle.write("d/c.txt");
      halted = !service.comesToRest();
      oracle.write("a.txt");
      oracle.move("b.txt", "d/b.txt");
      oracle.delete("d/c.txt");
      halted = halted || !service.comesToRest();
    }
    try (KilledService service = KilledService.start(here)) {
      service.awaitReady();
      verify(oracle, service.check(), "after a halt at " + point);
    }
    return halted;
  }

  /** Only what differs: a failure is to be read. */
  private static Set<String> without(List<String> lines, List<String> taken) {
    Set<String> left = new TreeSet<>(lines);
    left.removeAll(Set.copyOf(taken));
    return left;
  }

  /** I1 accounting, I2 nothing lost, I3 no ghosts, I5 whole versions, I6 no duplicates. */
  private void verify(FolderOracle oracle, List<String> report, String when) throws IOException {
    List<String> expected = new ArrayList<>();
    expected.add("temporary files\t0");
    expected.add("total\t" + oracle.texts().size());
    oracle
        .texts()
        .forEach(
            (path, text) -> {
              expected.add("entry\t" + path + "\tINDEXED");
              expected.add("document\tknowledge:" + path + "\t" + text);
              expected.add("found\tknowledge:" + path + "\t" + path + "\t" + path);
            });
    List<String> held =
        report.stream()
            .map(
                line -> line.startsWith("entry") ? line.substring(0, line.lastIndexOf('\t')) : line)
            .toList();
    Map<String, Set<String>> differences =
        Map.of("missing", without(expected, held), "too much", without(held, expected));
    assertThat(differences.values()).as("%s: %s", when, differences).allMatch(Set::isEmpty);
    assertThat(held).as(when + ", nothing twice").hasSameSizeAs(expected);
  }
}
