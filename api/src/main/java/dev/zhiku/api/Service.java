package dev.zhiku.api;

import dev.zhiku.api.access.Access;
import dev.zhiku.api.access.AccessKeys;
import dev.zhiku.api.access.Instance;
import dev.zhiku.api.answer.AnswerConfig;
import dev.zhiku.api.answer.AnswerRuns;
import dev.zhiku.api.answer.AnswerService;
import dev.zhiku.api.answer.ChatBackend;
import dev.zhiku.api.answer.CurrentAnswers;
import dev.zhiku.api.answer.Prompt;
import dev.zhiku.api.answer.SourceWarnings;
import dev.zhiku.api.backend.extractive.ExtractiveBackend;
import dev.zhiku.api.command.ServiceStarter.RunningService;
import dev.zhiku.api.config.LoadedConfig;
import dev.zhiku.api.config.ZhikuConfig;
import dev.zhiku.api.config.ZhikuConfig.IngestSettings;
import dev.zhiku.api.documents.UploadSpool;
import dev.zhiku.api.http.ConnectionLimit;
import dev.zhiku.api.models.GeneratorSwitch;
import dev.zhiku.api.models.Models;
import dev.zhiku.api.search.Retriever;
import dev.zhiku.api.search.SearchConfig;
import dev.zhiku.api.start.CannotStart;
import dev.zhiku.api.start.DataFolder;
import dev.zhiku.api.start.DataFolder.Running;
import dev.zhiku.api.start.LogFile;
import dev.zhiku.api.status.BackendState;
import dev.zhiku.api.status.EmbedderState;
import dev.zhiku.api.status.Lifecycle;
import dev.zhiku.api.status.Meters;
import dev.zhiku.api.status.ServiceFacts;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.lucene.IndexGenerations;
import dev.zhiku.index.lucene.LiveIndex;
import dev.zhiku.ingest.DocumentPipeline;
import dev.zhiku.ingest.IngestLimits;
import dev.zhiku.ingest.IngestService;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.jdbc.CatalogDatabase;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.extract.child.ChildExtractor;
import dev.zhiku.ingest.extract.ocr.OcrLimits;
import dev.zhiku.ingest.extract.ocr.Tesseract;
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceTiming;
import dev.zhiku.ingest.split.Splitter;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole service, put together by hand: everything that lives as long as it does is made here
 * and closed here, in the reverse order.
 */
final class Service implements RunningService {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final String VERSION = "0.1.0";

  private final Deque<Part> parts = new ArrayDeque<>();
  private String url = "";
  private List<String> folders = List.of();

  /** Something to close, with its name for the log. */
  private record Part(String name, AutoCloseable part) {}

  private Service() {}

  /**
   * Starts everything; on failure whatever was started is closed again.
   *
   * @throws CannotStart if something is in the way
   */
  static Service start(LoadedConfig loaded) throws InterruptedException {
    Service service = new Service();
    try {
      service.assemble(loaded);
      return service;
    } catch (RuntimeException | InterruptedException e) {
      service.close();
      throw e;
    }
  }

  private void assemble(LoadedConfig loaded) throws InterruptedException {
    ZhikuConfig config = loaded.config();
    StartChecks.filesCanBeOpened(ConnectionLimit.descriptors());
    Optional<AccessKeys> keys = StartChecks.accessKeys(config);
    List<SourceConfig> sources = Sources.of(config);
    StartChecks.modelServersAreNear(config);
    StartChecks.portIsFree(config.server());
    DataFolder data = keep("data folder", DataFolder.open(config.data()));
    Instance instance = new Instance(StartChecks.instanceSecret(data.root()));
    data.empty("tmp");
    LogFile.open(data.folder("logs"));

    EmbedderOpening embedding =
        new EmbedderOpening(
            config.embedding(),
            config.generator().allowedHosts(),
            data.folder("native"),
            data.root().resolve("embedder.properties"));
    CompletableFuture<Embedders> opening = CompletableFuture.supplyAsync(embedding::open);
    Parsers parsers =
        new Parsers(keep("parsers", parsers(config, data)), recognizer(config.ingest(), data));
    StoreHealth health =
        new StoreHealth(new DiskGuard(List.of(data.root()), config.ingest().keepFreeBytes()));
    LiveIndex index = keep("index", StoreOpening.index(data.folder("index"), health));
    Path db = data.folder("db");
    keep("catalogue", () -> CatalogDatabase.seal(db));
    ApplicationContext context =
        keep("beans", beans(config, StoreOpening.catalogue(db, index.ingesting(), health)));
    StartChecks.certificateIsUsable(context);
    Embedders embedders =
        keep("embedders", embedding.withEarlier(opened(opening), index.answering()));

    Meters meters = new Meters();
    IngestService ingest =
        keep(
            "ingest",
            ingest(config, data, sources, context, index, parsers, embedders, meters, health));
    keep("index patrol", StoreOpening.patrol(index, health, ingest));
    keep(
        "http",
        listen(loaded, data, keys, instance, context, index, embedders, ingest, meters, health));
    folders = sources.stream().map(Service::announced).toList();
  }

  private static Extractor parsers(ZhikuConfig config, DataFolder data) {
    return ChildExtractor.open(
        data.folder("tmp/parsers"),
        config.ingest().parsers(),
        ExtractLimits.DEFAULT,
        List.of(data.folder("tmp/copies")));
  }

  /** Who reads files, and who recognises text in pictures where Tesseract is installed. */
  private record Parsers(Extractor reading, Optional<Extractor> recognizing) {}

  private Optional<Extractor> recognizer(IngestSettings settings, DataFolder data)
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
    return tesseract.map(
        found ->
            keep(
                "text recognition",
                ChildExtractor.openRecognizing(
                    data.folder("tmp/recognition"),
                    found,
                    OcrLimits.DEFAULT,
                    List.of(data.folder("tmp/copies")))));
  }

  private static ApplicationContext beans(ZhikuConfig config, Map<String, Object> catalogue) {
    Map<String, Object> properties = new HashMap<>(catalogue);
    properties.putAll(ServerProperties.of(config.server()));
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .banner(false)
        .bootstrapEnvironment(false)
        .environmentPropertySource(false)
        .properties(properties)
        .start();
  }

  private IngestService ingest(
      ZhikuConfig config,
      DataFolder data,
      List<SourceConfig> sources,
      ApplicationContext context,
      LiveIndex index,
      Parsers parsers,
      Embedders embedders,
      Meters meters,
      StoreHealth health)
      throws InterruptedException {
    IngestLimits limits =
        IngestLimits.of(config.ingest().maxFileBytes(), config.ingest().parsers());
    DocumentPipeline pipeline =
        new DocumentPipeline(
            parsers.reading(),
            parsers.recognizing(),
            new Splitter(),
            embedders,
            index.ingesting(),
            data.folder("tmp/copies"),
            limits,
            meters);
    DocumentLedger ledger = context.getBean(DocumentLedger.class);
    keep("rebuild", RebuildWatch.start(index, pipeline::isOfThisGeneration, ledger));
    return IngestService.start(
        new IngestService.Parts(
            sources,
            SourceTiming.DEFAULT,
            ledger,
            index.ingesting(),
            pipeline,
            limits,
            data.folder("trash"),
            config.uploads().maxFileBytes(),
            Clock.systemUTC(),
            health,
            IngestService.RECONCILE_EVERY));
  }

  private AutoCloseable listen(
      LoadedConfig loaded,
      DataFolder data,
      Optional<AccessKeys> keys,
      Instance instance,
      ApplicationContext context,
      LiveIndex index,
      Embedders embedders,
      IngestService ingest,
      Meters meters,
      StoreHealth health) {
    ZhikuConfig config = loaded.config();
    Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors());
    ChatBackend quoting = new ExtractiveBackend(cores);
    AtomicInteger opened = new AtomicInteger();
    GeneratorSwitch.Opening generators =
        chosen ->
            Generators.open(
                chosen, quoting, () -> data.folder("tmp/model-" + opened.incrementAndGet()));
    Retriever retriever = new Retriever(index.answering(), embedders, SearchConfig.DEFAULT, cores);
    SourceWarnings warnings = new SourceWarnings(context.getBean(DocumentLedger.class), health);
    CurrentAnswers answers =
        keep(
            "generator",
            new CurrentAnswers(
                generators.open(config.generator()),
                backend ->
                    new AnswerService(
                        retriever,
                        backend,
                        quoting,
                        new Prompt.Limits(
                            config.generator().maxAnswerTokens(),
                            config.generator().maxReasoningTokens(),
                            config.generator().deadline()),
                        config.queue().waiting(),
                        warnings,
                        meters)));
    Models models = keep("models", ModelLibraries.open(loaded, generators, answers::exchange));
    Lifecycle lifecycle = new Lifecycle();
    AnswerRuns runs = new AnswerRuns(answers, Clock.systemUTC());
    AnswerConfig unasked = AnswerConfig.of(config.generator());
    for (Object bean :
        List.of(
            config.server(),
            config.uploads(),
            SearchConfig.DEFAULT,
            unasked,
            new Access(config.server(), keys, Clock.systemUTC()),
            instance,
            index.answering(),
            health,
            ingest.files(),
            new IngestSwitch(ingest),
            new UploadSpool(data.folder("tmp/uploads")),
            new ServiceFacts(VERSION, () -> generations(index)),
            new BackendState(answers::backend, unasked),
            new EmbedderState(embedders),
            models,
            meters,
            runs,
            lifecycle)) {
      context.registerSingleton(bean);
    }
    NettyEmbeddedServer server = context.getBean(NettyEmbeddedServer.class);
    try {
      server.start();
    } catch (ServerStartupException e) {
      throw StartChecks.portInUse(config.server(), e);
    }
    lifecycle.serving();
    url = ServerProperties.url(config.server(), server.getPort());
    instance.listensAt(url);
    data.announce(new Running(url, ProcessHandle.current().pid()));
    return () -> {
      lifecycle.stopping();
      runs.close();
      server.stopServerOnly();
    };
  }

  private static ServiceFacts.Generations generations(LiveIndex index) {
    return new ServiceFacts.Generations(
        IndexGenerations.name(index.generation()), index.building().map(IndexGenerations::name));
  }

  private static Embedders opened(CompletableFuture<Embedders> opening) {
    try {
      return opening.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof CannotStart known ? known : e;
    }
  }

  private <T extends AutoCloseable> T keep(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  private static String announced(SourceConfig source) {
    return source.sample()
        ? "the samples, until your first own file arrives"
        : source.path() + " (" + source.name() + ")";
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public List<String> folders() {
    return folders;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      Part last = parts.pop();
      try {
        last.part().close();
      } catch (Exception e) {
        LOG.warn("{} did not close: {}", last.name(), e.toString());
      }
    }
  }
}
