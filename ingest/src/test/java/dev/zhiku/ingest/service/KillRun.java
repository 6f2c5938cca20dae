package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.TextHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A service that is killed again and again, under changes of the folder, uploads, deletions and
 * questions, and what an oracle outside expects of it. The seed decides what is done and how long
 * is waited; when that meets what the service does is left to the machine.
 */
final class KillRun {
  private static final long HANGING_MILLIS = 30_000;
  private static final int MOST_FILES = 200;
  static final int MOST_OPEN_FILES = 8;
  private static final int FIRST_GUESS_OF_RECOVERY_MILLIS = 1_000;

  private final Path base;
  private final long seed;
  private final Random random;
  private final FolderOracle oracle;
  private final Map<String, String> requested = new HashMap<>();
  private final Set<String> acknowledged = new TreeSet<>();
  private final List<Long> recoveries = new ArrayList<>();
  private int uploads;
  private int kills;
  private int opening;
  private int comparing;
  private long changes;
  private long requests;
  private long promises;
  private long asked;
  private long slowestMillis;

  KillRun(Path base, long seed) throws IOException {
    this.base = base;
    this.seed = seed;
    this.random = new Random(seed);
    this.oracle = new FolderOracle(base.resolve("knowledge"), random.nextLong(), MOST_FILES);
  }

  /** Kills it at a moment of work, or soon after a start. */
  void killUnderLoad() throws Exception {
    try (KilledService service = KilledService.start(base)) {
      if (random.nextInt(4) > 0) {
        service.await("ready");
      }
      load(service);
      note(service.kill());
    }
  }

  /**
   * Kills it after it has begun to open its stores and before it has compared them and looked
   * through the folder, and again when that came too late.
   */
  void killDuringRecovery() throws Exception {
    boolean inTime = false;
    while (!inTime) {
      for (int i = random.nextInt(6); i > 0; i--) {
        oracle.change();
      }
      try (KilledService service = KilledService.start(base)) {
        service.await("opening");
        Thread.sleep((long) (usualRecovery() * (.1 + .8 * random.nextDouble())));
        List<String> said = service.kill();
        inTime = said.stream().noneMatch(line -> line.startsWith("recovered"));
        opening += inTime && !said.contains("ready") ? 1 : 0;
        comparing += inTime && said.contains("ready") ? 1 : 0;
        note(said);
      }
    }
  }

  private long usualRecovery() {
    List<Long> sorted = recoveries.stream().sorted().toList();
    return sorted.isEmpty() ? FIRST_GUESS_OF_RECOVERY_MILLIS : sorted.get(sorted.size() / 2);
  }

  /** On average a second and a half. */
  private void load(KilledService service) throws IOException, InterruptedException {
    long millis = (long) Math.min(8_000, -1_500 * Math.log(1 - random.nextDouble()));
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      switch (random.nextInt(8)) {
        case 0 -> upload(service);
        case 1 -> delete(service);
        default -> {
          oracle.change();
          changes++;
        }
      }
      Thread.sleep(random.nextInt(40));
    }
  }

  private void upload(KilledService service) {
    String path = "up" + uploads++ + ".txt";
    String text = oracle.newText();
    requested.put(path, text);
    service.request("upload", path, text);
    requests++;
  }

  private void delete(KilledService service) {
    if (!oracle.texts().isEmpty()) {
      String path = oracle.anyPath();
      requested.put(path, oracle.leaveToService(path));
      service.request("delete", path);
      requests++;
    }
  }

  /**
   * What it has said until it was killed: nothing acknowledged before may be missing, and what is
   * acknowledged now must not be the next time.
   */
  private void note(List<String> said) throws IOException {
    kills++;
    assertThat(said).as(when()).noneMatch(line -> line.startsWith("violation"));
    if (said.contains("opened")) {
      assertThat(values(said, "held")).as("%s: I4", when()).containsAll(acknowledged);
      promises += acknowledged.size();
      acknowledged.clear();
    }
    values(said, "recovered").forEach(millis -> recoveries.add(Long.valueOf(millis)));
    settleRequests(said);
    acknowledge(said);
  }

  /** An upload that was acknowledged is there; a deletion that was is done. */
  private void settleRequests(List<String> said) throws IOException {
    for (String path : values(said, "deleted")) {
      assertThat(base.resolve("knowledge").resolve(path)).as("%s: I4", when()).doesNotExist();
      requested.remove(path);
    }
    for (String path : values(said, "uploaded")) {
      assertThat(base.resolve("knowledge").resolve(path)).as("%s: I4", when()).exists();
    }
    oracle.settle(requested.values(), Set.of());
    requested.clear();
  }

  /** What was called indexed and has not been touched since has to be in the stores for good. */
  private void acknowledge(List<String> said) {
    Set<String> indexed = new HashSet<>(values(said, "indexed"));
    Set<String> moved = oracle.movedSinceLastAsked();
    oracle
        .texts()
        .forEach(
            (path, text) -> {
              String hash = TextHash.of(FolderOracle.content(text)).hex();
              if (!moved.contains(text) && indexed.contains(path + "\t" + hash)) {
                acknowledged.add(hash);
              }
            });
  }

  private static List<String> values(List<String> said, String name) {
    return said.stream()
        .filter(line -> line.startsWith(name + "\t"))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }

  private String when() {
    return "after kill " + kills + " of seed " + seed;
  }

  /** Everything, at rest. It ends by a kill as well. */
  void check() throws Exception {
    try (KilledService service = KilledService.start(base)) {
      service.await("ready");
      List<String> report = service.check();
      verify(oracle, Map.of(), report, when());
      assertThat(oracle.filesThere()).as("%s: I1, I8", when()).isEqualTo(oracle.texts().keySet());
      String[] questions = values(report, "asked").get(0).split("\t", -1);
      asked += Long.parseLong(questions[0]);
      slowestMillis = Math.max(slowestMillis, Long.parseLong(questions[1]));
      note(service.kill());
      kills--;
    }
    assertThat(slowestMillis).as("%s: I9, milliseconds", when()).isLessThan(HANGING_MILLIS);
  }

  /** What it has come to so far, in one line. */
  String summary() {
    return kills
        + " kills, "
        + (opening + comparing)
        + " of them during recovery ("
        + opening
        + " while the stores opened, "
        + comparing
        + " before they were compared and the folder was looked through, which took "
        + usualRecovery()
        + " ms), "
        + changes
        + " changes, "
        + requests
        + " requests, "
        + promises
        + " acknowledged files looked for after a kill, "
        + asked
        + " questions in the checks, the slowest after "
        + slowestMillis
        + " ms; 0 violations so far, "
        + oracle.texts().size()
        + " files";
  }

  /**
   * I1 accounting, I2 nothing lost, I3 no ghosts, I5 whole versions, I6 no duplicates, I7 nothing
   * damaged, I8 nothing left over.
   *
   * @param refused files that are not answered from, with their states
   */
  static void verify(
      FolderOracle oracle, Map<String, String> refused, List<String> report, String when) {
    List<String> expected = new ArrayList<>();
    expected.add("temporary files\t0");
    expected.add("damaged parts\t[]");
    expected.add("total\t" + (oracle.texts().size() + refused.size()));
    refused.forEach((path, state) -> expected.add("entry\t" + path + "\t" + state));
    oracle
        .texts()
        .forEach(
            (path, text) -> {
              expected.add("entry\t" + path + "\tINDEXED");
              expected.add("document\tknowledge:" + path + "\t" + text.replace('\n', ' '));
              expected.add("found\tknowledge:" + path + "\t" + path + "\t" + path);
            });
    Set<String> kinds =
        Set.of("temporary files", "damaged parts", "total", "entry", "document", "found");
    List<String> held =
        report.stream().filter(line -> kinds.contains(line.split("\t", 2)[0])).toList();
    Map<String, Set<String>> differences =
        Map.of("missing", without(expected, held), "too much", without(held, expected));
    assertThat(differences.values()).as("%s: %s", when, differences).allMatch(Set::isEmpty);
    assertThat(held).as(when + ", nothing twice").hasSameSizeAs(expected);
    assertThat(report).as(when).noneMatch(line -> line.startsWith("violation"));
    assertThat(Integer.parseInt(values(report, "descriptors").get(0)))
        .as(when + ": I8, open files")
        .isLessThanOrEqualTo(MOST_OPEN_FILES);
  }

  /** Only what differs: a failure is to be read. */
  private static Set<String> without(List<String> lines, List<String> taken) {
    Set<String> left = new TreeSet<>(lines);
    left.removeAll(Set.copyOf(taken));
    return left;
  }
}
