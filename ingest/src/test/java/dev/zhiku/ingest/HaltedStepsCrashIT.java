package dev.zhiku.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The service ends at once at every step between folder, catalogue and index in turn; the next
 * start brings all three together. Its catalogue is lost before, the samples go, and files come,
 * change, move, break and vanish, so that it passes every fault point there is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HaltedStepsCrashIT {
  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_120L);
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern FAULT_POINT = Pattern.compile("FaultPoints\\.hit\\(\"([^\"]+)\"\\)");
  private static final Pattern HALTED = Pattern.compile("halted at (\\S+)");

  private Path base;
  private Path begun;

  /** Indexed samples and an empty folder, and a catalogue that knows of nothing any more. */
  @BeforeAll
  void prepare(@TempDir Path directory) throws Exception {
    System.out.println("seed " + SEED);
    base = directory;
    begun = Files.createDirectories(base.resolve("begun"));
    Files.createDirectories(begun.resolve("knowledge"));
    Files.createDirectories(begun.resolve("samples"));
    Files.writeString(begun.resolve("samples/one.txt"), "sampleone is a sample.");
    Files.writeString(begun.resolve("samples/two.txt"), "sampletwo is a sample.");
    try (KilledService service = KilledService.start(begun)) {
      assertThat(service.comesToRest()).isTrue();
    }
    FileUtils.deleteDirectory(begun.resolve("data/db").toFile());
  }

  @Test
  void a_halt_between_the_commits_of_the_two_stores_is_repaired() throws Exception {
    assertThat(haltedAndRepaired("after-index-commit:1")).contains("after-index-commit");
  }

  @ParameterizedTest
  @Tag("crash")
  @ValueSource(strings = {"after-replace", "after-remove"})
  void a_halt_before_the_index_is_committed_is_repaired(String point) throws Exception {
    assertThat(haltedAndRepaired(point + ":1")).contains(point);
  }

  @Test
  @Tag("soak")
  void a_halt_at_every_step_in_turn_is_repaired() throws Exception {
    Map<String, Integer> halts = new TreeMap<>();
    int n = 1;
    Set<String> halted = haltedAndRepaired("*:1");
    while (!halted.isEmpty()) {
      halted.forEach(point -> halts.merge(point, 1, Integer::sum));
      n++;
      halted = haltedAndRepaired("*:" + n);
    }
    System.out.println("halted " + (n - 1) + " times, then not any more, 0 violations: " + halts);
    assertThat(halts.keySet()).as("no step without a halt").isEqualTo(everyFaultPoint());
  }

  private static Set<String> everyFaultPoint() throws IOException {
    Set<String> points = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        FAULT_POINT
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> points.add(found.group(1)));
      }
    }
    return points;
  }

  /** Name of the point, if it was reached at all. */
  private Set<String> haltedAndRepaired(String point) throws Exception {
    Path here = base.resolve(point.replace("*", "any").replace(':', '-'));
    FileUtils.copyDirectory(begun.toFile(), here.toFile());
    FolderOracle oracle = new FolderOracle(here.resolve("knowledge"), SEED);
    List<String> requested = new ArrayList<>();
    Map<String, String> refused = new TreeMap<>();
    try (KilledService service =
        KilledService.start(here, "-D" + FaultPoints.PROPERTY + "=" + point + ":halt")) {
      changeUntilHalted(service, oracle, here.resolve("knowledge"), requested, refused);
    }
    oracle.settle(requested, refused.keySet());
    oracle.write("z.txt");
    try (KilledService service = KilledService.start(here)) {
      service.await("ready");
      KillRun.verify(oracle, refused, service.check(), "after a halt at " + point);
    }
    Set<String> names = new TreeSet<>();
    HALTED
        .matcher(Files.readString(here.resolve("log.txt"), StandardCharsets.UTF_8))
        .results()
        .forEach(found -> names.add(found.group(1)));
    FileUtils.deleteDirectory(here.toFile());
    return names;
  }

  private static void changeUntilHalted(
      KilledService service,
      FolderOracle oracle,
      Path knowledge,
      List<String> requested,
      Map<String, String> refused)
      throws Exception {
    // What the lost catalogue knew is taken over before anything else happens.
    if (!service.comesToRest()) {
      return;
    }
    for (String path : List.of("a.txt", "b.txt", "d/c.txt", "e.txt", "g.txt")) {
      oracle.write(path);
    }
    String upload = oracle.newText();
    requested.add(upload);
    service.request("upload", "u.txt", upload);
    if (!service.comesToRest()) {
      return;
    }
    oracle.write("a.txt");
    oracle.move("b.txt", "d/b.txt");
    oracle.delete("d/c.txt");
    oracle.leaveToService("e.txt");
    Files.writeString(knowledge.resolve("e.txt"), "%BROKEN%");
    refused.put("e.txt", "FAILED");
    oracle.delete("g.txt");
    Files.createSymbolicLink(knowledge.resolve("g.txt"), Path.of("a.txt"));
    refused.put("g.txt", "SKIPPED");
    service.request("delete", "u.txt");
    service.comesToRest();
  }
}
