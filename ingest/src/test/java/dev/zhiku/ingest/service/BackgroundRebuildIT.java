package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.lucene.IndexGenerations;
import dev.zhiku.index.lucene.LiveIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.split.Splitter;
import dev.zhiku.ingest.testing.CatalogFixture;
import dev.zhiku.ingest.testing.PlainTextExtractor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another embedder or extractor: everything is made anew while the old index answers. */
@Tag("long")
class BackgroundRebuildIT {
  private static final int FILES = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final EmbedderId OLD = new HashingEmbedder(64).id();
  private static final EmbedderId NEW = new HashingEmbedder(128).id();

  @TempDir private Path base;
  private Path folder;

  @BeforeEach
  void aFolderIndexedWithTheOldEmbedder() throws Exception {
    folder = Files.createDirectories(base.resolve("knowledge"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(folder.resolve("f" + i + ".txt"), "Number " + i + ".\n\nA common text.");
    }
    try (Running running = new Running(new Versioned("1"), 64)) {
      running.awaitDone();
      assertThat(running.answeringEmbedders()).containsExactly(OLD);
    }
  }

  /** The ingest over generations, as the service puts it together. */
  private final class Running implements AutoCloseable {
    private final CatalogFixture catalog = CatalogFixture.open(base.resolve("data/db"));
    private final LiveIndex index =
        LiveIndex.open(new IndexGenerations(base.resolve("data/index"), LuceneSettings.DEFAULT));
    private final RunningIngest ingest;
    private final String fingerprint;
    private final boolean rebuilding;

    Running(Extractor extractor, int dimension) throws Exception {
      Embedders embedders = Embedders.single(new HashingEmbedder(dimension));
      fingerprint = DocumentPipeline.fingerprint(extractor, new Splitter(), embedders);
      rebuilding = index.rebuild(this::upToDate);
      ingest =
          RunningIngest.start(
              List.of(SourceConfig.of("knowledge", folder)),
              CrashChild.QUICK,
              base.resolve("data"),
              catalog.ledger(),
              index.ingesting(),
              extractor,
              embedders);
    }

    private boolean upToDate(DocumentMeta document) {
      return document.fingerprint().equals(fingerprint);
    }

    boolean switched() throws InterruptedException {
      return index.switchIfComplete(this::upToDate);
    }

    void awaitDone() throws Exception {
      RunningIngest.await(
          "all indexed",
          PATIENCE,
          () -> ingest.counts().pending() == 0 && ingest.counts().indexed() == FILES);
    }

    Set<EmbedderId> answeringEmbedders() throws InterruptedException {
      try (KnowledgeIndex.Snapshot snapshot = index.answering().snapshot()) {
        return snapshot.stats().embedders();
      }
    }

    Set<String> answered() throws InterruptedException {
      try (KnowledgeIndex.Snapshot snapshot = index.answering().snapshot();
          Stream<DocumentMeta> documents = snapshot.documents()) {
        return documents.map(DocumentMeta::path).collect(Collectors.toCollection(TreeSet::new));
      }
    }

    int inNewGeneration() throws InterruptedException {
      try (KnowledgeIndex.Snapshot snapshot = index.ingesting().snapshot();
          Stream<DocumentMeta> documents = snapshot.documents()) {
        return (int) documents.filter(this::upToDate).count();
      }
    }

    @Override
    public void close() {
      ingest.close();
      index.close();
      catalog.close();
    }
  }

  /** Waits as a test needs it before a file is read. */
  private interface Wait {
    void before(String name) throws InterruptedException;
  }

  /** Says that its blocks are of another version. */
  private record Versioned(PlainTextExtractor plain, String version, Wait waiting)
      implements Extractor {
    Versioned(String version) {
      this(version, name -> {});
    }

    Versioned(String version, Wait waiting) {
      this(new PlainTextExtractor(), version, waiting);
    }

    @Override
    public Extracted extract(Path file, String name) throws InterruptedException {
      waiting.before(name);
      return plain.extract(file, name);
    }

    @Override
    public void close() {
      plain.close();
    }
  }

  @Test
  void every_question_is_answered_by_the_old_embedder_alone_until_the_new_one_has_everything()
      throws Exception {
    try (Running running = new Running(new Versioned("1", name -> Thread.sleep(20)), 128)) {
      assertThat(running.rebuilding).isTrue();
      Set<Set<EmbedderId>> seen = new HashSet<>();
      RunningIngest.await(
          "switched",
          PATIENCE,
          () -> {
            seen.add(running.answeringEmbedders());
            assertThat(running.answered()).hasSize(FILES);
            return running.switched();
          });
      seen.add(running.answeringEmbedders());
      assertThat(seen).containsExactlyInAnyOrder(Set.of(OLD), Set.of(NEW));
      assertThat(running.answered()).hasSize(FILES);
      assertThat(running.index.generation()).isEqualTo(2);
    }
  }

  @Test
  void another_extractor_embeds_no_text_again() throws Exception {
    try (Running running = new Running(new Versioned("2"), 64)) {
      assertThat(running.rebuilding).isTrue();
      RunningIngest.await("switched", PATIENCE, running::switched);
      assertThat(running.ingest.meter.embedded()).isZero();
    }
  }

  @Test
  void an_interrupted_rebuild_goes_on_and_does_nothing_twice() throws Exception {
    int done;
    Semaphore half = new Semaphore(FILES / 2);
    try (Running running = new Running(new Versioned("1", name -> half.acquire()), 128)) {
      RunningIngest.await("a third", PATIENCE, () -> running.inNewGeneration() >= FILES / 3);
      running.ingest.close();
      done = running.inNewGeneration();
    }
    assertThat(done).isBetween(FILES / 3, FILES / 2);
    try (Running running = new Running(new Versioned("1"), 128)) {
      assertThat(running.inNewGeneration()).isGreaterThanOrEqualTo(done); // It works already.
      assertThat(running.answeringEmbedders()).containsExactly(OLD);
      RunningIngest.await("switched", PATIENCE, running::switched);
      assertThat(running.ingest.meter.parsed()).isEqualTo(FILES - done);
    }
  }

  @Test
  void what_is_deleted_or_changed_meanwhile_is_answered_at_once() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Wait oneIsLeft =
        name -> {
          if (name.equals("f1.txt")) {
            goOn.await();
          }
        };
    try (Running running = new Running(new Versioned("1", oneIsLeft), 128)) {
      Files.delete(folder.resolve("f0.txt"));
      Files.writeString(folder.resolve("new.txt"), "Fresh.");
      RunningIngest.await(
          "answered",
          PATIENCE,
          () -> running.answered().contains("new.txt") && !running.answered().contains("f0.txt"));
      assertThat(running.switched()).isFalse();
      goOn.countDown();
      RunningIngest.await("switched", PATIENCE, running::switched);
      assertThat(running.answered()).hasSize(FILES).contains("new.txt");
    }
  }
}
