package dev.zhiku.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random changes of a folder against a model that is a map of texts. */
class FolderPropertyIT {
  private static final long SEED = Long.getLong("zhiku.test.seed", 4_711L);
  private static final int ROUNDS = 3;
  private static final int CHANGES = 30;
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void after_any_changes_exactly_the_files_of_the_folder_are_answered_from() throws Exception {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    Path folder = Files.createDirectories(directory.resolve("knowledge"));
    FolderOracle oracle = new FolderOracle(folder, SEED);
    try (CatalogFixture catalog = CatalogFixture.open(directory.resolve("db"));
        InMemoryKnowledgeIndex index = new InMemoryKnowledgeIndex();
        RunningIngest ingest =
            RunningIngest.start(
                List.of(SourceConfig.of("knowledge", folder)),
                CrashChild.QUICK,
                directory,
                catalog.ledger(),
                index)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < CHANGES; i++) {
          oracle.change();
          Thread.sleep(random.nextInt(30));
        }
        Map<String, String> expected = new TreeMap<>();
        oracle.texts().forEach((path, text) -> expected.put("knowledge:" + path, text));
        awaitOrShow(ingest, expected, "round " + round + " of seed " + SEED);
      }
    }
  }

  private static void awaitOrShow(RunningIngest ingest, Map<String, String> expected, String when)
      throws Exception {
    try {
      RunningIngest.await(
          when,
          LONG,
          () ->
              ingest.answered().equals(expected)
                  && ingest.counts().indexed() == expected.size()
                  && ingest.counts().total() == expected.size());
    } catch (AssertionError late) {
      assertThat(ingest.answered()).as(when).isEqualTo(expected);
      throw new AssertionError(when + ": " + ingest.counts() + " " + ingest.listed(), late);
    }
  }
}
