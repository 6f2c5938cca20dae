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
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.health.StoreHealth;
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
  /** As little as a test of a small disk can do with. */
  static final long KEEP_FREE_BYTES = 4L << 20;

  final DocumentLedger ledger;
  final KnowledgeIndex index;
  final IngestService service;
  final CountingMeter meter = new CountingMeter();
  final PlainTextExtractor extractor = new PlainTextExtractor();
  final StoreHealth health;

  private RunningIngest(
      List<SourceConfig> sources,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index,
      Duration reconcileEvery)
      throws InterruptedException {
    this.ledger = ledger;
    this.index = index;
    Path temporary = made(data.resolve("tmp"));
    this.health = new StoreHealth(new DiskGuard(List.of(data), KEEP_FREE_BYTES));
    DocumentPipeline pipeline =
        new DocumentPipeline(
            extractor,
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
                Clock.systemUTC(),
                health,
                reconcileEvery));
  }

  static RunningIngest start(
      List<SourceConfig> sources,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index)
      throws InterruptedException {
    return start(sources, timing, data, ledger, index, IngestService.RECONCILE_EVERY);
  }

  static RunningIngest start(
      List<SourceConfig> sources,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index,
      Duration reconcileEvery)
      throws InterruptedException {
    return new RunningIngest(sources, timing, data, ledger, index, reconcileEvery);
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
