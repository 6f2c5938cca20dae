package dev.zhiku.app.wiring;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.config.ZhikuConfig.IngestSettings;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.extract.child.ChildExtractor;
import dev.zhiku.ingest.extract.ocr.OcrLimits;
import dev.zhiku.ingest.extract.ocr.Tesseract;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.pipeline.IngestLimits;
import dev.zhiku.ingest.pipeline.TextWatch;
import dev.zhiku.ingest.service.IngestService;
import dev.zhiku.ingest.service.IngestTiming;
import dev.zhiku.ingest.split.Splitter;
import dev.zhiku.server.status.Meters;
import dev.zhiku.server.webhooks.ServiceEvents;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ingest: children that read files, the pipeline, its service, and what watches the index. */
final class Ingesting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ingesting.class);

  private final OpenParts parts;
  private final IngestService service;

  private Ingesting(
      OpenParts parts,
      ZhikuConfig config,
      SourceBook sources,
      DataFolder data,
      Stores stores,
      Meters meters,
      TextWatch watch,
      ServiceEvents events)
      throws InterruptedException {
    this.parts = parts;
    IngestLimits limits =
        IngestLimits.of(config.ingest().maxFileBytes(), config.ingest().parsers());
    Optional<Tesseract> found = tesseract(config.ingest());
    DocumentPipeline pipeline =
        new DocumentPipeline(
            parser(config.ingest(), data),
            found.map(tesseract -> recognizer(tesseract, data)),
            new Splitter(),
            stores.embedders(),
            stores.index().ingesting(),
            data.folder("tmp/copies"),
            limits,
            meters);
    pipeline.watchedBy(watch);
    Later later = parts.keep("The text recognition that came later", new Later());
    parts.keep(
        "The rebuild of the index",
        RebuildWatch.start(stores.index(), pipeline::isOfThisGeneration, stores.ledger()));
    service =
        parts.keep(
            "The ingest",
            IngestService.start(
                new IngestService.Parts(
                    sources.watched(),
                    IngestTiming.DEFAULT,
                    stores.ledger(),
                    stores.index().ingesting(),
                    pipeline,
                    limits,
                    data.folder("trash"),
                    config.uploads().maxFileBytes(),
                    Clock.systemUTC(),
                    stores.health()),
                sources.content().standings(),
                new ResultEvents(events)));
    if (found.isEmpty() && config.ingest().ocr() != IngestSettings.Ocr.OFF) {
      parts.keep(
          "The watch for text recognition",
          RecognitionWatch.start(
              Tesseract::find,
              tesseract -> service.recognizeWith(later.open(tesseract, data)),
              RecognitionWatch.PAUSE));
    }
    parts.keep(
        "The patrol of the index", StoreFactory.patrol(stores.index(), stores.health(), service));
  }

  /** Starts to read the sources. The stores must outlive it. */
  static Ingesting open(
      ZhikuConfig config,
      SourceBook sources,
      DataFolder data,
      Stores stores,
      Meters meters,
      TextWatch watch,
      ServiceEvents events)
      throws InterruptedException {
    return OpenParts.open(
        parts -> new Ingesting(parts, config, sources, data, stores, meters, watch, events));
  }

  private Extractor parser(IngestSettings settings, DataFolder data) {
    return parts.keep(
        "The parsers",
        ChildExtractor.open(
            data.folder("tmp/parsers"),
            settings.parsers(),
            ExtractLimits.DEFAULT,
            List.of(data.folder("tmp/copies"))));
  }

  private static Optional<Tesseract> tesseract(IngestSettings settings)
      throws InterruptedException {
    if (settings.ocr() == IngestSettings.Ocr.OFF) {
      LOG.info("Text recognition is off by zhiku.ingest.ocr.");
      return Optional.empty();
    }
    Optional<Tesseract> tesseract = Tesseract.find();
    LOG.info(
        "Text recognition: {}",
        tesseract
            .map(found -> found.program() + " for " + found.languages())
            .orElse("none, for Tesseract is not installed"));
    return tesseract;
  }

  private Extractor recognizer(Tesseract tesseract, DataFolder data) {
    return parts.keep("The text recognition", recognition(tesseract, data));
  }

  private static Extractor recognition(Tesseract tesseract, DataFolder data) {
    return ChildExtractor.openRecognizing(
        data.folder("tmp/recognition"),
        tesseract,
        OcrLimits.DEFAULT,
        List.of(data.folder("tmp/copies")));
  }

  /** The text recognition that came while the service ran; closed after the ingest. */
  private static final class Later implements AutoCloseable {
    private Optional<Extractor> opened = Optional.empty();

    synchronized Extractor open(Tesseract tesseract, DataFolder data) {
      Extractor extractor = recognition(tesseract, data);
      opened = Optional.of(extractor);
      return extractor;
    }

    @Override
    public synchronized void close() {
      opened.ifPresent(Extractor::close);
    }
  }

  IngestService service() {
    return service;
  }

  @Override
  public void close() {
    parts.close();
  }
}
