package dev.zhiku.app.wiring;

import dev.zhiku.app.command.FolderTrial;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.config.ZhikuConfig.IngestSettings;
import dev.zhiku.app.start.TemporaryFolder;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.lucene.LuceneKnowledgeIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.extract.child.ChildExtractor;
import dev.zhiku.ingest.extract.ocr.OcrLimits;
import dev.zhiku.ingest.extract.ocr.Tesseract;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.pipeline.IngestLimits;
import dev.zhiku.ingest.pipeline.IngestMeter;
import dev.zhiku.ingest.pipeline.IngestOutcome;
import dev.zhiku.ingest.pipeline.SourceDocument;
import dev.zhiku.ingest.source.SourceRoot;
import dev.zhiku.ingest.split.Splitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The pipeline of the service over stores in a temporary directory, which goes with it. */
public final class TrialIngest implements FolderTrial {
  private static final String SOURCE = "scan";

  /** Enough of a scan to tell how long the rest takes. */
  private static final OcrLimits SOME_PAGES =
      new OcrLimits(
          OcrLimits.DEFAULT.pixels(), OcrLimits.DEFAULT.pageTime(), 2, Duration.ofSeconds(20));

  private final OpenParts parts;
  private final TemporaryFolder temporary;
  private final SourceRoot root;
  private final KnowledgeIndex index;
  private final DocumentPipeline pipeline;
  private long epoch;

  private TrialIngest(OpenParts parts, ZhikuConfig config, Path folder)
      throws InterruptedException {
    this.parts = parts;
    this.temporary = parts.keep("The temporary directory", TemporaryFolder.make("zhiku-scan"));
    this.root = new SourceRoot(folder);
    Embedders embedders =
        parts.keep(
            "The embedders",
            new EmbedderFactory(
                    config.embedding(),
                    config.generator().allowedHosts(),
                    temporary.folder("native"),
                    temporary.path().resolve("embedder.properties"))
                .open());
    Optional<Extractor> recognizer =
        tesseract(config)
            .map(
                found ->
                    parts.keep(
                        "The text recognition",
                        ChildExtractor.openRecognizing(
                            temporary.folder("recognition"),
                            found,
                            SOME_PAGES,
                            List.of(temporary.folder("copies")))));
    Extractor extractor =
        parts.keep(
            "The parser",
            ChildExtractor.open(
                temporary.folder("parsers"),
                1,
                ExtractLimits.DEFAULT,
                List.of(temporary.folder("copies"))));
    this.index =
        parts.keep(
            "The index",
            LuceneKnowledgeIndex.open(temporary.folder("index"), LuceneSettings.DEFAULT));
    this.pipeline =
        new DocumentPipeline(
            extractor,
            recognizer,
            new Splitter(),
            embedders,
            index,
            temporary.folder("copies"),
            IngestLimits.of(config.ingest().maxFileBytes(), 1),
            IngestMeter.NONE);
    warmUp();
  }

  /** With the parser and the models started, so that only work is measured. */
  public static FolderTrial open(ZhikuConfig config, Path folder) throws InterruptedException {
    return OpenParts.open(parts -> new TrialIngest(parts, config, folder));
  }

  private static Optional<Tesseract> tesseract(ZhikuConfig config) throws InterruptedException {
    return config.ingest().ocr() == IngestSettings.Ocr.OFF ? Optional.empty() : Tesseract.find();
  }

  private void warmUp() throws InterruptedException {
    Path folder = temporary.folder("warm-up");
    for (String text :
        List.of(
            "# Warm-up\n\nThe first file pays for what is started with it.\n",
            "# 预热\n\n第一个文件要承担启动所需的时间。\n")) {
      try {
        Files.writeString(folder.resolve("warm-up.md"), text);
      } catch (IOException e) {
        throw new UncheckedIOException("nothing can be written to " + folder, e);
      }
      read(new SourceRoot(folder), "warm-up.md");
    }
  }

  @Override
  public Trial read(String path) throws InterruptedException {
    return read(root, path);
  }

  private Trial read(SourceRoot from, String path) throws InterruptedException {
    SourceDocument file = new SourceDocument(DocumentId.random(), SOURCE, path, from);
    IngestOutcome outcome = pipeline.ingest(file);
    boolean recognizing =
        switch (outcome) {
          case IngestOutcome.NeedsRecognition all -> true;
          case IngestOutcome.Indexed done -> pipeline.wantsRecognition(done.document());
          default -> false;
        };
    Trial trial =
        recognizing
            ? recognized(outcome, pipeline.recognize(file, stage -> {}))
            : new Trial(outcome, false, 1);
    index.commit(++epoch);
    return trial;
  }

  /** Of a file that is all pictures no more than some pages were recognised. */
  private static Trial recognized(IngestOutcome before, IngestOutcome outcome) {
    double share = 1;
    if (before instanceof IngestOutcome.NeedsRecognition
        && outcome instanceof IngestOutcome.Indexed done
        && done.pages() > SOME_PAGES.pages()) {
      share = SOME_PAGES.pages() / (double) done.pages();
    }
    return new Trial(outcome, true, share);
  }

  @Override
  public long indexBytes() throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      return snapshot.stats().sizeBytes();
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
