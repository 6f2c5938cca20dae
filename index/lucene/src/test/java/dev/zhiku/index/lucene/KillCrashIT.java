package dev.zhiku.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.KnowledgeIndex.Snapshot;
import dev.zhiku.index.Passage;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process that writes, at random, and looks at what is left. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class KillCrashIT {
  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_121L);
  private static final int EPOCHS_BEFORE_KILL = 40;

  @Test
  void a_killed_writer_loses_nothing_committed_and_mixes_nothing(@TempDir Path folder)
      throws Exception {
    killAndLook(folder, 5);
  }

  @Test
  @Tag("long")
  @Tag("seeds")
  void forty_kills_lose_nothing_committed_and_mix_nothing(@TempDir Path folder) throws Exception {
    killAndLook(folder, 40);
  }

  private static void killAndLook(Path folder, int kills) throws Exception {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int kill = 0; kill < kills; kill++) {
      long acknowledged = writeUntilKilled(folder, random);
      try (KnowledgeIndex index = LuceneKnowledgeIndex.open(folder, LuceneSettings.DEFAULT);
          Snapshot seen = index.snapshot()) {
        assertThat(seen.epoch())
            .as("seed %d, kill %d", SEED, kill)
            .isGreaterThanOrEqualTo(acknowledged);
        assertHolds(seen, "seed " + SEED + ", kill " + kill);
      }
      assertClean(folder);
    }
  }

  /** The last epoch the writer said was durable. */
  private static long writeUntilKilled(Path folder, Random random) throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingWriter.class.getName(),
                folder.toString())
            .redirectError(Redirect.DISCARD)
            .start();
    int epochs = 1 + random.nextInt(EPOCHS_BEFORE_KILL);
    int extraMicros = random.nextInt(20_000);
    try (BufferedReader said = writer.inputReader()) {
      long last = read(said, epochs);
      TimeUnit.MICROSECONDS.sleep(extraMicros);
      // Not Process.destroyForcibly(), which throws away what was said but not yet read.
      writer.toHandle().destroyForcibly();
      last = Math.max(last, read(said, Integer.MAX_VALUE));
      writer.waitFor();
      assertThat(last).as("epochs committed before the kill").isPositive();
      return last;
    }
  }

  private static long read(BufferedReader said, int lines) throws IOException {
    long last = 0;
    for (int i = 0; i < lines; i++) {
      String line = said.readLine();
      if (line == null || !line.matches("[0-9]+")) {
        return last;
      }
      last = Long.parseLong(line);
    }
    return last;
  }

  private static void assertHolds(Snapshot seen, String when) throws InterruptedException {
    Map<Integer, Long> expected = expected(seen.epoch());
    assertThat(seen.documents())
        .as(when)
        .containsExactlyInAnyOrderElementsOf(
            expected.entrySet().stream()
                .map(e -> CrashingWriter.meta(e.getKey(), e.getValue()))
                .toList());
    for (Map.Entry<Integer, Long> document : expected.entrySet()) {
      DocumentMeta meta = CrashingWriter.meta(document.getKey(), document.getValue());
      List<Passage> content =
          CrashingWriter.content(document.getKey(), document.getValue()).stream()
              .map(EmbeddedPassage::passage)
              .toList();
      assertThat(seen.passages(meta.id(), 0, 1_000)).as(when).isEqualTo(content);
    }
  }

  /** The epoch at which each document got what it has; a removed one is not there. */
  private static Map<Integer, Long> expected(long epoch) {
    Map<Integer, Long> versions = new HashMap<>();
    for (long each = 1; each <= epoch; each++) {
      for (int i = 0; i < CrashingWriter.DOCUMENTS; i++) {
        if (CrashingWriter.isRemoval(i, each)) {
          versions.remove(i);
        } else if (CrashingWriter.isChanged(i, each)) {
          versions.put(i, each);
        }
      }
    }
    return versions;
  }

  private static void assertClean(Path folder) throws IOException {
    try (Directory directory = new MMapDirectory(folder);
        CheckIndex check = new CheckIndex(directory)) {
      assertThat(check.checkIndex().clean).isTrue();
    }
  }
}
