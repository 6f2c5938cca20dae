package dev.zhiku.ingest.service;

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
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.pipeline.IngestLimits;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.source.Standing;
import dev.zhiku.ingest.split.Splitter;
import dev.zhiku.ingest.testing.CountingMeter;
import dev.zhiku.ingest.testing.PlainTextExtractor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The ingest service with an extractor for plain text and an embedder without a model. */
public final class RunningIngest implements AutoCloseable {
  /** As little as a test of a small disk can do with. */
  static final long KEEP_FREE_BYTES = 4L << 20;

  final DocumentLedger ledger;
  final KnowledgeIndex index;
  final IngestService service;
  final CountingMeter meter = new CountingMeter();
  final PlainTextExtractor extractor;
  final StoreHealth health;

  /** What it works with beside folders and stores. */
  private record With(
      Extractor reading, Optional<Extractor> recognizing, Embedders embedders, Clock clock) {
    static With plain(Extractor reading) {
      return new With(
          reading, Optional.empty(), Embedders.single(new HashingEmbedder()), Clock.systemUTC());
    }
  }

  private RunningIngest(
      List<SourceConfig> sources,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index,
      PlainTextExtractor extractor,
      With with,
      Map<String, Standing> standings)
      throws InterruptedException {
    this.ledger = ledger;
    this.index = index;
    this.extractor = extractor;
    Path temporary = made(data.resolve("tmp"));
    this.health = new StoreHealth(new DiskGuard(List.of(data), KEEP_FREE_BYTES));
    DocumentPipeline pipeline =
        new DocumentPipeline(
            with.reading(),
            with.recognizing(),
            new Splitter(),
            with.embedders(),
            index,
            temporary,
            IngestLimits.DEFAULT,
            meter);
    service =
        IngestService.start(
            new IngestService.Parts(
                sources,
                IngestTiming.of(timing),
                ledger,
                index,
                pipeline,
                IngestLimits.DEFAULT,
                data.resolve("trash"),
                1 << 20,
                with.clock(),
                health),
            standings);
  }

  static RunningIngest start(
      List<SourceConfig> sources,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index)
      throws InterruptedException {
    return start(sources, timing, data, ledger, index, Clock.systemUTC());
  }

  /** By a clock that may jump. */
  static RunningIngest start(
      List<SourceConfig> sources,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index,
      Clock clock)
      throws InterruptedException {
    PlainTextExtractor plain = new PlainTextExtractor();
    With with = With.plain(plain);
    return new RunningIngest(
        sources,
        timing,
        data,
        ledger,
        index,
        plain,
        new With(plain, with.recognizing(), with.embedders(), clock),
        Map.of());
  }

  /** With what an administrator said of the sources before. */
  static RunningIngest start(
      List<SourceConfig> sources,
      Map<String, Standing> standings,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index)
      throws InterruptedException {
    PlainTextExtractor plain = new PlainTextExtractor();
    return new RunningIngest(
        sources, timing, data, ledger, index, plain, With.plain(plain), standings);
  }

  /** With a reader and embedders of one's own; {@link #extractor} sees no file then. */
  static RunningIngest start(
      List<SourceConfig> sources,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index,
      Extractor reading,
      Embedders embedders)
      throws InterruptedException {
    With with = With.plain(reading);
    return new RunningIngest(
        sources,
        timing,
        data,
        ledger,
        index,
        new PlainTextExtractor(),
        new With(reading, with.recognizing(), embedders, with.clock()),
        Map.of());
  }

  /** With readers of one's own; {@link #extractor} sees no file then. */
  static RunningIngest start(
      List<SourceConfig> sources,
      SourceTiming timing,
      Path data,
      DocumentLedger ledger,
      KnowledgeIndex index,
      Extractor reading,
      Optional<Extractor> recognizing)
      throws InterruptedException {
    With with = With.plain(reading);
    return new RunningIngest(
        sources,
        timing,
        data,
        ledger,
        index,
        new PlainTextExtractor(),
        new With(reading, recognizing, with.embedders(), with.clock()),
        Map.of());
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

  /** Every entry of the catalogue, page by page. */
  List<CatalogEntry> listed() {
    List<CatalogEntry> entries = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      DocumentCatalog.Page page = ledger.list(from(cursor));
      entries.addAll(page.entries());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return entries;
  }

  private static DocumentCatalog.Query from(Optional<String> cursor) {
    Optional<String> any = Optional.empty();
    return new DocumentCatalog.Query(
        new Filter.All(),
        Optional.empty(),
        any,
        any,
        any,
        any,
        cursor,
        DocumentCatalog.Query.MAX_LIMIT);
  }

  boolean answers(String sourceAndPath, String words) throws InterruptedException {
    return answered().getOrDefault(sourceAndPath, "").contains(words);
  }

  /** Waits until it is so; returns how long that took. */
  public static Duration await(String what, Duration most, Callable<Boolean> condition)
      throws Exception {
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
