package dev.zhiku.ingest;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.Passage;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.split.Splitter;
import dev.zhiku.ingest.testing.CountingMeter;
import dev.zhiku.ingest.testing.PlainTextExtractor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The ingest service with an extractor for plain text and an embedder without a model. */
final class RunningIngest implements AutoCloseable {
  final DocumentLedger ledger;
  final KnowledgeIndex index;
  final IngestService service;
  final CountingMeter meter = new CountingMeter();
  final PlainTextExtractor extractor;

  private RunningIngest(
      List<SourceConfig> sources,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index,
      Extractor reading,
      Optional<Extractor> recognizing,
      PlainTextExtractor extractor)
      throws InterruptedException {
    this.extractor = extractor;
    this.ledger = ledger;
    this.index = index;
    Path temporary = made(data.resolve("tmp"));
    DocumentPipeline pipeline =
        new DocumentPipeline(
            reading,
            recognizing,
            new Splitter(),
            Embedders.single(new HashingEmbedder()),
            index,
            temporary,
            IngestLimits.DEFAULT,
            meter);
    service =
        IngestService.start(
            new IngestService.Parts(
                sources,
                timing,
                ledger,
                index,
                pipeline,
                IngestLimits.DEFAULT,
                data.resolve("trash"),
                1 << 20,
                Clock.systemUTC()));
  }

  static RunningIngest start(
      List<SourceConfig> sources,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index)
      throws InterruptedException {
    PlainTextExtractor extractor = new PlainTextExtractor();
    return new RunningIngest(
        sources, timing, data, ledger, index, extractor, Optional.empty(), extractor);
  }

  /** With other readers, whose files are not counted. */
  static RunningIngest start(
      List<SourceConfig> sources,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index,
      Extractor reading,
      Optional<Extractor> recognizing)
      throws InterruptedException {
    return new RunningIngest(
        sources, timing, data, ledger, index, reading, recognizing, new PlainTextExtractor());
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DocumentCatalog.Counts counts() {
    return ledger.counts(new Filter.All());
  }

  Optional<CatalogEntry> entry(String source, String path) {
    return ledger.at(source, path).map(KnownFile::id).flatMap(ledger::find);
  }

  /** Text of every document in the index, by {@code source:path}. */
  Map<String, String> answered() throws InterruptedException {
    Map<String, String> texts = new TreeMap<>();
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot();
        Stream<DocumentMeta> documents = snapshot.documents()) {
      for (DocumentMeta document : documents.toList()) {
        List<Passage> passages = snapshot.passages(document.id(), 0, 1_000);
        String text = String.join("\n", passages.stream().map(Passage::text).toList());
        texts.merge(document.source() + ":" + document.path(), text, (a, b) -> a + "|TWICE|" + b);
      }
    }
    return texts;
  }

  /** Every entry of the catalogue. */
  List<CatalogEntry> listed() {
    Optional<String> any = Optional.empty();
    return ledger
        .list(
            new DocumentCatalog.Query(
                new Filter.All(),
                Optional.empty(),
                any,
                any,
                any,
                any,
                any,
                DocumentCatalog.Query.MAX_LIMIT))
        .entries();
  }

  boolean answers(String sourceAndPath, String words) throws InterruptedException {
    return answered().getOrDefault(sourceAndPath, "").contains(words);
  }

  /** Waits until it is so; returns how long that took. */
  static Duration await(String what, Duration most, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > most.toNanos()) {
        throw new AssertionError("not within " + most + ": " + what);
      }
      Thread.sleep(10);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    service.close();
  }
}
