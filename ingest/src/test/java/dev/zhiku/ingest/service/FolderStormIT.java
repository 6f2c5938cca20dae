package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.catalog.CatalogEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renames, deletions and new files as fast as the disk takes them. */
@Tag("long")
class FolderStormIT {
  private static final long SEED = Long.getLong("zhiku.test.seed", 1_919L);
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path directory;
  private Path folder;
  private OneFolder service;
  private RunningIngest ingest;

  @BeforeEach
  void start() throws Exception {
    service = new OneFolder(directory);
    folder = service.folder;
    ingest = service.ingest;
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void storm(int changes) throws Exception {
    System.out.println("seed " + SEED);
    FolderOracle oracle = new FolderOracle(folder, SEED);
    long start = System.nanoTime();
    for (int i = 0; i < changes; i++) {
      oracle.change();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, String> expected = new TreeMap<>();
    oracle.texts().forEach((path, text) -> expected.put("knowledge:" + path, text));
    Duration rest =
        RunningIngest.await(
            "exactly the folder's " + expected.size() + " files",
            LONG,
            () ->
                ingest.answered().equals(expected)
                    && ingest.counts().indexed() == expected.size()
                    && ingest.counts().total() == expected.size());
    System.out.printf(
        "%d changes, %.0f a second, %d files left, at rest after %d ms%n",
        changes, changes / seconds, expected.size(), rest.toMillis());
    assertThat(ingest.listed()).extracting(CatalogEntry::path).doesNotHaveDuplicates();
  }

  @Test
  void after_a_storm_exactly_the_files_of_the_folder_are_answered_from() throws Exception {
    storm(1_000);
  }

  @Test
  @Tag("soak")
  void after_a_long_storm_exactly_the_files_of_the_folder_are_answered_from() throws Exception {
    for (int i = 0; i < 3; i++) {
      storm(5_000);
      for (String path : ingest.answered().keySet()) {
        Files.delete(folder.resolve(path.substring("knowledge:".length())));
      }
      RunningIngest.await("emptied", LONG, () -> confirmedEmpty());
    }
  }

  /** So many files at once are believed to be gone from a folder that is the same one. */
  private boolean confirmedEmpty() throws InterruptedException {
    ingest.service.confirm("knowledge");
    return ingest.answered().isEmpty() && ingest.counts().total() == 0;
  }

  @Test
  void renaming_everything_embeds_nothing_and_keeps_every_id() throws Exception {
    int files = 200;
    Files.createDirectory(folder.resolve("d"));
    for (int i = 0; i < files; i++) {
      Files.writeString(folder.resolve("d/f" + i + ".txt"), "word" + i + " stands alone.");
    }
    RunningIngest.await("indexed", LONG, () -> ingest.counts().indexed() == files);
    Map<String, String> before = idsByText();
    int embedded = ingest.meter.embedded();
    for (int i = 0; i < files; i++) {
      Files.move(folder.resolve("d/f" + i + ".txt"), folder.resolve("d/g" + i + ".txt"));
    }
    Files.move(folder.resolve("d"), folder.resolve("e"));
    Files.move(folder.resolve("e/g0.txt"), folder.resolve("e/x.txt"));
    Files.move(folder.resolve("e/g1.txt"), folder.resolve("e/g0.txt"));
    Files.move(folder.resolve("e/x.txt"), folder.resolve("e/g1.txt"));

    RunningIngest.await(
        "renamed",
        LONG,
        () ->
            ingest.counts().total() == files
                && ingest.counts().pending() == 0
                && ingest.answered().keySet().stream()
                    .allMatch(path -> path.startsWith("knowledge:e/g")));
    assertThat(idsByText()).isEqualTo(before);
    assertThat(ingest.meter.embedded()).isEqualTo(embedded);
    assertThat(ingest.answers("knowledge:e/g0.txt", "word1 ")).isTrue();
    assertThat(ingest.answers("knowledge:e/g1.txt", "word0 ")).isTrue();
  }

  private Map<String, String> idsByText() throws InterruptedException {
    Map<String, String> ids = new TreeMap<>();
    Map<String, String> texts = ingest.answered();
    for (CatalogEntry entry : ingest.listed()) {
      ids.put(texts.getOrDefault("knowledge:" + entry.path(), ""), entry.id().value());
    }
    return ids;
  }

  @Test
  void another_letter_case_is_another_name_of_the_same_document() throws Exception {
    Files.writeString(folder.resolve("report.txt"), "Quarterly figures.");
    RunningIngest.await("indexed", LONG, () -> ingest.counts().indexed() == 1);
    var id = ingest.entry("knowledge", "report.txt").orElseThrow().id();
    Files.move(folder.resolve("report.txt"), folder.resolve("Report.TXT"));

    RunningIngest.await("renamed", LONG, () -> ingest.answers("knowledge:Report.TXT", "Quarterly"));
    assertThat(ingest.entry("knowledge", "Report.TXT").orElseThrow().id()).isEqualTo(id);
    assertThat(ingest.counts().total()).isEqualTo(1);
    assertThat(ingest.meter.embedded()).isEqualTo(1);
  }

  @Test
  void a_file_deleted_and_made_anew_under_its_name_is_answered_from_as_it_is_now()
      throws Exception {
    Path file = folder.resolve("again.txt");
    for (int i = 0; i < 20; i++) {
      Files.writeString(file, "Version " + i + " of it.");
      Thread.sleep(i * 13L);
      Files.delete(file);
    }
    Files.writeString(file, "Version 99 of it.");

    RunningIngest.await(
        "the last and no other",
        LONG,
        () -> ingest.answered().equals(Map.of("knowledge:again.txt", "Version 99 of it.")));
    assertThat(ingest.counts().total()).isEqualTo(1);
  }

  @Test
  @Tag("soak")
  void deleted_files_are_gone_within_two_seconds() throws Exception {
    int files = 120;
    for (int i = 0; i < files; i++) {
      Files.writeString(folder.resolve("f" + i + ".txt"), "word" + i + " stands alone.");
    }
    RunningIngest.await("indexed", LONG, () -> ingest.counts().indexed() == files);
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String path = "f" + i + ".txt";
      Files.delete(folder.resolve(path));
      took.add(
          RunningIngest.await(path, LONG, () -> !ingest.answered().containsKey("knowledge:" + path))
              .toMillis());
    }
    long[] sorted = took.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.println("gone after ms, median and worst: " + sorted[50] + ", " + sorted[99]);
    assertThat(Arrays.stream(sorted).max().orElseThrow()).isLessThan(2_000);
  }
}
