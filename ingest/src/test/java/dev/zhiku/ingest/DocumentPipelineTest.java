package dev.zhiku.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.source.SourceRoot;
import dev.zhiku.ingest.split.Splitter;
import dev.zhiku.ingest.testing.PlainTextExtractor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentPipelineTest {
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
      DocumentPipeline pipeline =
          new DocumentPipeline(
              extractor,
              new Splitter(),
              embedders,
              index,
              temporary,
              IngestLimits.DEFAULT,
              IngestMeter.NONE);
      Files.writeString(folder.resolve("a.txt"), "The old version.");
      Future<IngestOutcome> old = workers.submit(() -> pipeline.ingest(document));
      extractor.begun.await();
      Files.writeString(folder.resolve("a.txt"), "The new version.");
      Future<IngestOutcome> fresh = workers.submit(() -> pipeline.ingest(document));
      Thread.sleep(200); // the new reading would be through by now if nothing held it
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
}
