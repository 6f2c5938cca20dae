package dev.zhiku.api;

import dev.zhiku.api.command.FolderTrial;
import dev.zhiku.api.config.ZhikuConfig;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.embedding.onnx.BundledModels;
import dev.zhiku.index.lucene.LuceneKnowledgeIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.ingest.DocumentPipeline;
import dev.zhiku.ingest.IngestLimits;
import dev.zhiku.ingest.IngestMeter;
import dev.zhiku.ingest.IngestOutcome;
import dev.zhiku.ingest.SourceDocument;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.extract.child.ChildExtractor;
import dev.zhiku.ingest.source.SourceRoot;
import dev.zhiku.ingest.split.Splitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The pipeline of the service over stores in a temporary directory, which goes with it. */
final class ThrowawayIngest implements FolderTrial {
  private static final String SOURCE = "scan";

  private final Path temporary;
  private final SourceRoot root;
  private final Extractor extractor;
  private final Embedders embedders;
  private final KnowledgeIndex index;
  private final DocumentPipeline pipeline;
  private long epoch;

  private ThrowawayIngest(ZhikuConfig config, Path folder, Path temporary)
      throws InterruptedException {
    this.temporary = temporary;
    this.root = new SourceRoot(folder);
    this.embedders = embedders(config, made("native"));
    this.extractor = ChildExtractor.open(made("parsers"), 1, ExtractLimits.DEFAULT);
    this.index = LuceneKnowledgeIndex.open(made("index"), LuceneSettings.DEFAULT);
    this.pipeline =
        new DocumentPipeline(
            extractor,
            new Splitter(),
            embedders,
            index,
            made("copies"),
            new IngestLimits(config.ingest().maxFileBytes(), IngestLimits.DEFAULT.workers()),
            IngestMeter.NONE);
  }

  /** With the parser and the models started, so that only work is measured. */
  static FolderTrial open(ZhikuConfig config, Path folder) throws InterruptedException {
    try {
      Path temporary = Files.createTempDirectory("zhiku-scan");
      ThrowawayIngest trial = new ThrowawayIngest(config, folder, temporary);
      trial.warmUp();
      return trial;
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory could be made", e);
    }
  }

  private static Embedders embedders(ZhikuConfig config, Path nativeCode) {
    return switch (config.embedding().backend()) {
      case ONNX -> BundledModels.open(nativeCode);
      case HASHING -> Embedders.single(new HashingEmbedder());
    };
  }

  private Path made(String name) {
    try {
      return Files.createDirectories(temporary.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void warmUp() throws IOException, InterruptedException {
    Path folder = made("warm-up");
    for (String text :
        List.of(
            "# Warm-up\n\nThe first file pays for what is started with it.\n",
            "# 预热\n\n第一个文件要承担启动所需的时间。\n")) {
      Files.writeString(folder.resolve("warm-up.md"), text);
      read(new SourceRoot(folder), "warm-up.md");
    }
  }

  @Override
  public IngestOutcome read(String path) throws InterruptedException {
    return read(root, path);
  }

  private IngestOutcome read(SourceRoot from, String path) throws InterruptedException {
    IngestOutcome outcome =
        pipeline.ingest(new SourceDocument(DocumentId.random(), SOURCE, path, from));
    index.commit(++epoch);
    return outcome;
  }

  @Override
  public long indexBytes() throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      return snapshot.stats().sizeBytes();
    }
  }

  @Override
  public void close() {
    index.close();
    extractor.close();
    embedders.close();
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary directory " + temporary + " stays behind", e);
    }
  }
}
