package dev.zhiku.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events are a hint: what they lose is found all the same. */
class LostEventsIT {
  private static final int FILES = 3_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
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
    Path last = Files.createDirectories(directory.resolve("last"));
    try (FolderWatch watch = FolderWatch.open()) {
      watch.add("below", below);
      watch.add("last", last);
      write(below);
      Files.createFile(last.resolve("sign"));

      // Events come in order: with the sign all before it were told, by name or as a whole.
      Set<String> told = new HashSet<>();
      long start = System.nanoTime();
      while (!told.contains("last/sign")) {
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        told.addAll(watch.poll(Duration.ofSeconds(10)));
      }
      boolean eachByName =
          IntStream.range(0, FILES).allMatch(i -> told.contains("below/" + name(i)));
      assertThat(told.contains("below") || eachByName).isTrue();
    }
  }

  private static void write(Path folder) throws Exception {
    for (int i = 0; i < FILES; i++) {
      Files.writeString(folder.resolve(name(i)), "File " + i + ".");
    }
    Thread.sleep(500); // most of the events have come by then, more than are kept
  }

  private static String name(int i) {
    return "f" + i + ".txt";
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
      while (found < FILES && System.nanoTime() - start < PATIENCE.toNanos()) {
        source.turn();
        found = catalog.ledger().counts(new Filter.All()).total();
      }
      System.out.println(
          found + " files found after " + (System.nanoTime() - start) / 1_000_000 + " ms");
      assertThat(found).isEqualTo(FILES);
    }
  }

  /** One event in each turn, which is not looked into before the removal is due. */
  private static final SourceTiming EVENT_BY_EVENT =
      new SourceTiming(
          Duration.ofSeconds(3),
          Duration.ofDays(1),
          Duration.ofDays(1),
          Duration.ofNanos(1),
          Duration.ofDays(1),
          0);

  @Test
  void a_missing_file_that_an_event_has_named_elsewhere_by_then_is_moved_and_not_removed()
      throws Exception {
    Path folder = Files.createDirectories(directory.resolve("knowledge"));
    Path away = directory.resolve("away.txt");
    Files.writeString(folder.resolve("a.txt"), "Here, gone, and there.");
    SourceConfig config =
        new SourceConfig("s", folder, false, List.of(), List.of(), Duration.ofDays(1), false);
    try (CatalogFixture catalog = CatalogFixture.open(directory.resolve("db"));
        SourceFolder source =
            new SourceFolder(
                config, EVENT_BY_EVENT, catalog.ledger(), new NoIndex(), Clock.systemUTC())) {
      catalog.ledger().configure(List.of(SourceRecord.unseen("s", folder.toString())));
      source.turn();
      DocumentId id = catalog.ledger().at("s", "a.txt").orElseThrow().id();
      Files.move(folder.resolve("a.txt"), away);
      source.lookThroughSoon();
      source.turn();
      assertThat(catalog.ledger().at("s", "a.txt")).as("missed for the first time").isPresent();

      Files.move(away, folder.resolve("b.txt"));
      source.turn();

      assertThat(catalog.ledger().at("s", "b.txt")).map(KnownFile::id).contains(id);
      assertThat(catalog.ledger().counts(new Filter.All()).total()).isEqualTo(1);
    }
  }

  @Test
  void shares_are_known_by_their_kind() {
    assertThat(List.of("nfs4", "cifs", "fuse.sshfs", "9p")).allMatch(SourceEvents::isShare);
    assertThat(List.of("ext4", "tmpfs", "overlay", "apfs", "ntfs"))
        .noneMatch(SourceEvents::isShare);
  }
}
