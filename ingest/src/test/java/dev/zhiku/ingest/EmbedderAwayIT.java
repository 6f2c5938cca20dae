package dev.zhiku.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.lucene.IndexGenerations;
import dev.zhiku.index.lucene.LiveIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.index.testing.DistantEmbedder;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.testing.CatalogFixture;
import dev.zhiku.ingest.testing.PlainTextExtractor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files while the embedding model runs elsewhere and is out of reach: they wait, none fails. */
@Timeout(120)
class EmbedderAwayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path base;

  private final DistantEmbedder embedder = new DistantEmbedder();
  private Path folder;
  private CatalogFixture catalog;
  private LiveIndex index;
  private RunningIngest ingest;

  @BeforeEach
  void start() throws Exception {
    folder = Files.createDirectories(base.resolve("knowledge"));
    catalog = CatalogFixture.open(base.resolve("data/db"));
    index =
        LiveIndex.open(new IndexGenerations(base.resolve("data/index"), LuceneSettings.DEFAULT));
    ingest =
        RunningIngest.start(
            List.of(SourceConfig.of("knowledge", folder)),
            CrashChild.QUICK,
            base.resolve("data"),
            catalog.ledger(),
            index.ingesting(),
            new PlainTextExtractor(),
            Embedders.single(embedder));
  }

  @AfterEach
  void stop() {
    ingest.close();
    index.close();
    catalog.close();
  }

  private void awaitIndexed(int files) throws Exception {
    RunningIngest.await(
        "indexed",
        PATIENCE,
        () -> ingest.counts().indexed() == files && ingest.counts().pending() == 0);
  }

  @Test
  void what_comes_while_it_is_away_waits_unread_and_goes_on_by_itself() throws Exception {
    embedder.leave();
    Files.writeString(folder.resolve("a.txt"), "The first.");
    Files.writeString(folder.resolve("b.txt"), "The second.");
    RunningIngest.await("seen", PATIENCE, () -> ingest.counts().pending() == 2);

    embedder.comeBack();
    awaitIndexed(2);
    assertThat(embedder.refused()).isZero();
    assertThat(ingest.counts().failed()).isZero();
  }

  @Test
  void a_file_that_finds_it_gone_is_handed_back_and_nothing_is_held_against_it() throws Exception {
    embedder.leaveUnseen();
    Files.writeString(folder.resolve("a.txt"), "The only one.");
    RunningIngest.await("found out", PATIENCE, () -> embedder.refused() > 0);
    RunningIngest.await("handed back", PATIENCE, () -> ingest.counts().pending() == 1);
    assertThat(ingest.counts().failed()).isZero();

    embedder.comeBack();
    awaitIndexed(1);
    assertThat(embedder.refused()).isEqualTo(1);
  }

  @Test
  void what_is_known_already_is_removed_all_the_same() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "Soon to go.");
    awaitIndexed(1);
    embedder.leave();
    Files.delete(folder.resolve("a.txt"));
    awaitIndexed(0);
  }
}
