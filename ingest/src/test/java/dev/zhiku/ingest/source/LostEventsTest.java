package dev.zhiku.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events are a hint: what they lose is found all the same. */
class LostEventsTest {
  private static final int FILES = 3_000;
  private static final SourceTiming QUICK =
      new SourceTiming(
          Duration.ofMillis(10),
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          Duration.ofMillis(50),
          Duration.ofMillis(500),
          20);

  @TempDir private Path directory;

  /** Nothing is in the index here. */
  private static final class NoIndex implements IndexEffects {
    @Override
    public void vanished(DocumentId id) {}

    @Override
    public void refused(DocumentId id) {}

    @Override
    public void moved(DocumentId id, String path) {}

    @Override
    public void due() {}
  }

  @Test
  void a_watch_that_overflows_names_the_whole_folder() throws Exception {
    Path below = Files.createDirectories(directory.resolve("below"));
    try (FolderWatch watch = FolderWatch.open()) {
      watch.add("below", below);
      write(below);

      assertThat(watch.poll(Duration.ofSeconds(10))).contains("below");
    }
  }

  private static void write(Path folder) throws Exception {
    for (int i = 0; i < FILES; i++) {
      Files.writeString(folder.resolve("f" + i + ".txt"), "File " + i + ".");
    }
    Thread.sleep(500);
  }

  @Test
  void no_file_is_missed_when_the_watch_overflows() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("knowledge"));
    Path below = Files.createDirectories(folder.resolve("a/b"));
    SourceConfig config =
        new SourceConfig("s", folder, false, List.of(), List.of(), Duration.ofDays(1), false);
    try (CatalogFixture catalog = CatalogFixture.open(directory.resolve("db"));
        SourceFolder source =
            new SourceFolder(config, QUICK, catalog.ledger(), new NoIndex(), Clock.systemUTC())) {
      catalog.ledger().configure(List.of(SourceRecord.unseen("s", folder.toString())));
      source.turn();
      write(below);
      long start = System.nanoTime();
      long found = 0;
      while (found < FILES && System.nanoTime() - start < Duration.ofSeconds(30).toNanos()) {
        source.turn();
        found = catalog.ledger().counts(new Filter.All()).total();
      }
      System.out.println(
          found + " files found after " + (System.nanoTime() - start) / 1_000_000 + " ms");
      assertThat(found).isEqualTo(FILES);
    }
  }

  @Test
  void shares_are_known_by_their_kind() {
    assertThat(List.of("nfs4", "cifs", "fuse.sshfs", "9p")).allMatch(SourceEvents::isShare);
    assertThat(List.of("ext4", "tmpfs", "overlay", "apfs", "ntfs"))
        .noneMatch(SourceEvents::isShare);
  }
}
