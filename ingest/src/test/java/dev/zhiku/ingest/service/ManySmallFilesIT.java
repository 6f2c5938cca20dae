package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.lucene.LuceneKnowledgeIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What everything but parsers and models costs for each of many small files dropped at once: a file
 * shall cost the same in the last tenth as in the first. {@code ./mvnw verify -Pfigures -pl ingest
 * -am -Dit.test=ManySmallFilesIT}; the number with {@code -Dzhiku.test.files=100000}.
 */
@Tag("figures")
class ManySmallFilesIT {
  private static final int FILES = Integer.getInteger("zhiku.test.files", 20_000);
  private static final long SEED = 7;
  private static final Duration PATIENCE = Duration.ofMinutes(60);

  @TempDir private Path home;

  @Test
  void the_last_tenth_costs_what_the_first_does() throws Exception {
    Path staged = Files.createDirectories(home.resolve("staged"));
    write(staged);
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    try (CatalogFixture catalog = CatalogFixture.open(home.resolve("db"));
        LuceneKnowledgeIndex index =
            LuceneKnowledgeIndex.open(home.resolve("index"), LuceneSettings.DEFAULT);
        RunningIngest ingest =
            RunningIngest.start(
                List.of(SourceConfig.of("knowledge", folder)),
                SourceTiming.DEFAULT,
                home,
                catalog.ledger(),
                index)) {
      RunningIngest.await(
          "the first look",
          PATIENCE,
          () -> catalog.ledger().sources().getFirst().lastScanAt().isPresent());
      Files.move(staged, folder.resolve("drop"));
      long done = 0;
      for (int tenth = 1; tenth <= 10; tenth++) {
        done = tenth(ingest, tenth, done);
      }
      assertThat(ingest.counts().indexed()).isEqualTo(FILES);
    }
  }

  private long tenth(RunningIngest ingest, int tenth, long before) throws Exception {
    CpuTimes cpu = CpuTimes.now(List.of());
    long begin = System.nanoTime();
    long goal = (long) FILES * tenth / 10;
    RunningIngest.await("tenth " + tenth, PATIENCE, () -> ingest.counts().indexed() >= goal);
    long done = ingest.counts().indexed();
    double seconds = (System.nanoTime() - begin) / 1e9;
    CpuTimes used = CpuTimes.now(List.of()).minus(cpu);
    System.out.printf(
        Locale.ROOT,
        "tenth %d: %d files, %.0f a second, %.2f ms of processor time each (s: %s); catalogue %d"
            + " bytes a file, eta %s%n",
        tenth,
        done - before,
        (done - before) / seconds,
        1_000 * used.all() / (done - before),
        used,
        Files.size(home.resolve("db/catalog.mv.db")) / done,
        ingest.ledger.queue().eta());
    return done;
  }

  private static void write(Path staged) throws IOException {
    Random random = new Random(SEED);
    FileTime earlier = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    for (int i = 0; i < FILES; i++) {
      Path folder = staged.resolve(String.format(Locale.ROOT, "%03d", i / 100));
      if (i % 100 == 0) {
        Files.createDirectories(folder);
      }
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 60 + random.nextInt(60); word++) {
        text.append("word").append(random.nextInt(20_000)).append(' ');
      }
      Path file = folder.resolve(String.format(Locale.ROOT, "Note %06d.txt", i));
      Files.writeString(file, text);
      Files.setLastModifiedTime(file, earlier);
    }
  }
}
