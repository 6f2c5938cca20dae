package dev.zhiku.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.service.RunningIngest;
import dev.zhiku.ingest.source.SourceRoot;
import dev.zhiku.ingest.split.Splitter;
import dev.zhiku.ingest.testing.PlainTextExtractor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentPipelineTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  @TempDir Path temporary;

  /** The first reading waits until it may go on. */
  private static final class SlowAtFirst implements Extractor {
    private final Extractor plain = new PlainTextExtractor();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public String version() {
      return plain.version();
    }

    @Override
    public Extracted extract(Path file, String name) throws InterruptedException {
      if (begun.getCount() > 0) {
        begun.countDown();
        goOn.await();
      }
      return plain.extract(file, name);
    }

    @Override
    public void close() {
      plain.close();
    }
  }

  @Test
  void a_slow_reading_of_an_old_version_does_not_replace_what_a_later_one_stored()
      throws Exception {
    DocumentId id = DocumentId.random();
    SourceDocument document = new SourceDocument(id, "knowledge", "a.txt", new SourceRoot(folder));
    try (KnowledgeIndex index = new InMemoryKnowledgeIndex();
        SlowAtFirst extractor = new SlowAtFirst();
        Embedders embedders = Embedders.single(new HashingEmbedder());
        ExecutorService workers = Executors.newFixedThreadPool(2)) {
      DocumentPipeline pipeline = pipeline(extractor, embedders, index);
      Files.writeString(folder.resolve("a.txt"), "The old version.");
      Future<IngestOutcome> old = workers.submit(() -> pipeline.ingest(document));
      extractor.begun.await();
      Files.writeString(folder.resolve("a.txt"), "The new version.");
      AtomicReference<Thread> reading = new AtomicReference<>();
      Future<IngestOutcome> fresh =
          workers.submit(
              () -> {
                reading.set(Thread.currentThread());
                return pipeline.ingest(document);
              });
      RunningIngest.await(
          "held or through", PATIENCE, () -> fresh.isDone() || waits(reading.get()));
      extractor.goOn.countDown();
      old.get();
      fresh.get();

      try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
        assertThat(snapshot.passages(id, 0, 10))
            .singleElement()
            .satisfies(passage -> assertThat(passage.text()).contains("new version"));
      }
    }
  }

  @Test
  void a_reading_that_is_not_wanted_any_more_when_its_turn_comes_touches_nothing()
      throws Exception {
    DocumentId id = DocumentId.random();
    SourceDocument before = new SourceDocument(id, "knowledge", "a.txt", new SourceRoot(folder));
    SourceDocument moved = new SourceDocument(id, "knowledge", "b.txt", new SourceRoot(folder));
    try (KnowledgeIndex index = new InMemoryKnowledgeIndex();
        SlowAtFirst extractor = new SlowAtFirst();
        Embedders embedders = Embedders.single(new HashingEmbedder());
        ExecutorService workers = Executors.newFixedThreadPool(3)) {
      DocumentPipeline pipeline = pipeline(extractor, embedders, index);
      Files.writeString(folder.resolve("a.txt"), "Another file took the path.");
      Files.writeString(folder.resolve("b.txt"), "The document itself.");
      Future<IngestOutcome> fresh = workers.submit(() -> pipeline.ingest(moved));
      extractor.begun.await();
      AtomicBoolean wanted = new AtomicBoolean(true);
      List<Thread> late = new CopyOnWriteArrayList<>();
      Future<Optional<IngestOutcome>> reading =
          workers.submit(
              () -> {
                late.add(Thread.currentThread());
                return pipeline.ingestIfWanted(before, stage -> {}, false, wanted::get);
              });
      Future<Boolean> removal =
          workers.submit(
              () -> {
                late.add(Thread.currentThread());
                return pipeline.removeIfWanted(id, wanted::get);
              });
      RunningIngest.await(
          "both wait",
          PATIENCE,
          () -> late.size() == 2 && late.stream().allMatch(DocumentPipelineTest::waits));
      wanted.set(false);
      extractor.goOn.countDown();

      assertThat(fresh.get()).isInstanceOf(IngestOutcome.Indexed.class);
      assertThat(reading.get()).isEmpty();
      assertThat(removal.get()).isFalse();
      try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
        assertThat(snapshot.passages(id, 0, 10))
            .singleElement()
            .satisfies(passage -> assertThat(passage.text()).contains("document itself"));
      }
    }
  }

  @Test
  void whoever_watches_the_text_is_shown_each_new_version_once_and_stops_none() throws Exception {
    SourceDocument document =
        new SourceDocument(DocumentId.random(), "knowledge", "a.txt", new SourceRoot(folder));
    Files.writeString(folder.resolve("a.txt"), "The pump is green.");
    List<String> shown = new ArrayList<>();
    try (KnowledgeIndex index = new InMemoryKnowledgeIndex();
        Extractor extractor = new PlainTextExtractor();
        Embedders embedders = Embedders.single(new HashingEmbedder())) {
      DocumentPipeline pipeline = pipeline(extractor, embedders, index);
      pipeline.watchedBy(
          (read, texts) -> {
            shown.add(read.path() + ": " + String.join("|", texts));
            throw new IllegalStateException("the watch is away");
          });
      assertThat(pipeline.ingest(document)).isInstanceOf(IngestOutcome.Indexed.class);
      assertThat(pipeline.ingest(document)).isInstanceOf(IngestOutcome.Unchanged.class);
      Files.writeString(folder.resolve("a.txt"), "The pump is red.");
      assertThat(pipeline.ingest(document)).isInstanceOf(IngestOutcome.Indexed.class);
    }
    assertThat(shown).containsExactly("a.txt: The pump is green.", "a.txt: The pump is red.");
  }

  private static boolean waits(@Nullable Thread thread) {
    return thread != null && thread.getState() == Thread.State.WAITING;
  }

  private DocumentPipeline pipeline(
      Extractor extractor, Embedders embedders, KnowledgeIndex index) {
    return new DocumentPipeline(
        extractor,
        new Splitter(),
        embedders,
        index,
        temporary,
        IngestLimits.DEFAULT,
        IngestMeter.NONE);
  }

  @Test
  void an_interrupt_while_a_file_is_copied_is_no_fault_of_the_file() throws Exception {
    SourceDocument document =
        new SourceDocument(DocumentId.random(), "knowledge", "a.txt", new SourceRoot(folder));
    Files.writeString(folder.resolve("a.txt"), "Nothing is wrong with it.");
    try (KnowledgeIndex index = new InMemoryKnowledgeIndex();
        Extractor extractor = new PlainTextExtractor();
        Embedders embedders = Embedders.single(new HashingEmbedder())) {
      DocumentPipeline pipeline = pipeline(extractor, embedders, index);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pipeline.ingest(document)).isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(temporary).isEmptyDirectory();
      assertThat(pipeline.ingest(document)).isInstanceOf(IngestOutcome.Indexed.class);
    }
  }
}
