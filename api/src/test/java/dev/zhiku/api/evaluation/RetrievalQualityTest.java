package dev.zhiku.api.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhiku.api.search.Retriever;
import dev.zhiku.api.search.SearchConfig;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.onnx.BundledModels;
import dev.zhiku.index.lucene.LuceneKnowledgeIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.ingest.DocumentPipeline;
import dev.zhiku.ingest.IngestLimits;
import dev.zhiku.ingest.IngestMeter;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.extract.child.ChildExtractor;
import dev.zhiku.ingest.split.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Retrieval on labelled collections, through the whole pipeline with the bundled models. */
@Tag("long")
class RetrievalQualityTest {
  private static final int WORKERS = 2;

  @ParameterizedTest
  @CsvSource({"zh-cmrc2018, .975", "en-squad2, .886", "en-office, .85"})
  void the_right_document_comes_first(String name, double least, @TempDir Path folder)
      throws Exception {
    Path collection = collections().resolve(name);
    assumeTrue(Files.isDirectory(collection), "skipped: " + collection + " is not here");

    Quality quality = measure(LabelledCollection.read(collection), folder);

    System.out.println(Quality.header() + "\n" + quality.row(name));
    assertThat(quality.mrr()).isGreaterThanOrEqualTo(least);
  }

  /** Beside the repository; the build runs in one of its modules. */
  private static Path collections() {
    return Path.of("..", "..", "shared", "retrieval").toAbsolutePath().normalize();
  }

  private static Quality measure(LabelledCollection collection, Path folder)
      throws IOException, InterruptedException {
    try (Embedders embedders = BundledModels.open(folder.resolve("native"));
        KnowledgeIndex index =
            LuceneKnowledgeIndex.open(folder.resolve("index"), LuceneSettings.DEFAULT);
        Extractor extractor =
            ChildExtractor.open(folder.resolve("parsers"), WORKERS, ExtractLimits.DEFAULT)) {
      DocumentPipeline pipeline =
          new DocumentPipeline(
              extractor,
              new Splitter(),
              embedders,
              index,
              Files.createDirectories(folder.resolve("copies")),
              IngestLimits.DEFAULT,
              IngestMeter.NONE);
      Retriever retriever =
          new Retriever(index, embedders, SearchConfig.DEFAULT, new Semaphore(WORKERS));
      return new Evaluation(pipeline, index, retriever, WORKERS)
          .run(collection, folder.resolve("files"));
    }
  }
}
