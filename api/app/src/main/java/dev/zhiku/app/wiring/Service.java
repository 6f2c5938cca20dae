package dev.zhiku.app.wiring;

import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.app.command.ServiceStarter.RunningService;
import dev.zhiku.app.command.ZhikuCommand;
import dev.zhiku.app.config.LoadedConfig;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotClose;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.app.start.DataFolder.Running;
import dev.zhiku.app.start.LogFile;
import dev.zhiku.index.lucene.IndexGenerations;
import dev.zhiku.index.lucene.LiveIndex;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.server.ServerParts;
import dev.zhiku.server.access.Access;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.access.Instance;
import dev.zhiku.server.access.InstanceSecret;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.audit.web.AnswerAudit;
import dev.zhiku.server.backup.Backups;
import dev.zhiku.server.conversations.Conversations;
import dev.zhiku.server.documents.UploadSpool;
import dev.zhiku.server.erasure.Erasure;
import dev.zhiku.server.http.ConnectionLimit;
import dev.zhiku.server.identity.SharedKeys;
import dev.zhiku.server.pictures.PictureText;
import dev.zhiku.server.query.AnswerConfig;
import dev.zhiku.server.query.AnswerRuns;
import dev.zhiku.server.settings.SettingsControl;
import dev.zhiku.server.status.BackendState;
import dev.zhiku.server.status.GeneratorState;
import dev.zhiku.server.status.Lifecycle;
import dev.zhiku.server.status.Meters;
import dev.zhiku.server.status.ServiceFacts;
import dev.zhiku.server.webhooks.ServiceEvents;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole service: the data folder, and the owners of everything else in the order of need. */
public final class Service implements RunningService {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final String VERSION = ZhikuCommand.VERSION;

  private final OpenParts parts;
  private final String url;
  private final List<String> folders;

  private Service(OpenParts parts, LoadedConfig loaded) throws InterruptedException {
    this.parts = parts;
    ZhikuConfig config = loaded.config();
    StartChecks.filesCanBeOpened(ConnectionLimit.descriptors());
    Optional<AccessKeys> keys = StartChecks.accessKeys(config);
    Optional<String> embedded = StartChecks.embeddedKey(config.embed());
    Sources.of(config);
    StartChecks.modelServersAreNearAndOthers(config);
    StartChecks.portsAreFree(config.server(), config.ollamaApi());
    DataFolder data = parts.keep("The data folder", DataFolder.open(config.data()));
    InstanceSecret secret = StartChecks.instanceSecret(data.root());
    data.empty("tmp");
    LogFile.open(data.folder("logs"), config.log().format() == ZhikuConfig.Log.Format.JSON);
    StartChecks.certificateIsUsable(config.server());

    AuditLog audit = AuditTrail.open(parts, config.audit(), data);
    Meters meters = new Meters();
    BackupTrail.beforeUpgrade(data, config.backup(), audit);
    Stores stores = parts.keep("The stores", Stores.open(config, data));
    SourceBook sources = SourceBook.open(config, data.root());
    Keyring keyring =
        parts.keep(
            "The keys",
            Keyring.open(
                data.folder("db"),
                secret,
                shared(keys),
                sources::added,
                config.server().questionsPerMinute()));
    ServerParts.Keys named = keyring.keys();
    ServiceEvents events = Happenings.open(parts, config.webhooks());
    Ingesting ingesting =
        parts.keep(
            "The ingest",
            Ingesting.open(
                config, sources, data, stores, meters, new KeyWatch(named.seen(), audit), events));
    Happenings.watch(parts, stores, events);
    Answering answering = parts.keep("Answering", Answering.open(loaded, data, stores, meters));
    PictureText pictures =
        parts.keep("The pictures of questions", new RecognizedPictures(config.ingest(), data));
    AnswerRuns runs = runs(config, answering, keyring, audit);
    Erasure erasure =
        parts.keep(
            "The erasure of deleted documents",
            DeletionTrail.start(data, config.backup(), stores, keyring, runs, audit));
    Access access =
        new Access(
            config.server(),
            keys,
            named.identities(),
            config.masking(),
            embedded,
            Clock.systemUTC());
    Conversations conversations =
        new Conversations(keyring.conversations(), config.conversations(), Clock.systemUTC());
    SettingsControl control =
        new ManagedSettings(
            loaded,
            answering.generator(),
            Map.of(
                "masking.", changed -> access.mask(changed.masking()),
                "conversations.", changed -> conversations.limit(changed.conversations())));
    Serving serving =
        parts.keep(
            "The server",
            Serving.open(
                new ServerParts(
                    settings(config),
                    access,
                    named,
                    new Instance(secret),
                    documents(data, stores, ingesting, sources),
                    answering(config, stores, answering, conversations, runs, pictures),
                    operation(
                        config, data, stores, answering, meters, audit, erasure, events, control)),
                config.ollamaApi(),
                config.alarms()));

    data.announce(new Running(serving.url(), ProcessHandle.current().pid()));
    url = serving.url();
    folders = sources.watched().stream().map(Service::announced).toList();
  }

  /**
   * Starts everything; on failure whatever was started is closed again.
   *
   * @throws CannotStart if something is in the way
   */
  public static Service start(LoadedConfig loaded) throws InterruptedException {
    return OpenParts.open(parts -> new Service(parts, loaded));
  }

  private static SharedKeys shared(Optional<AccessKeys> keys) {
    return keys.isPresent() ? keys.get() : SharedKeys.NONE;
  }

  private static ServerParts.Settings settings(ZhikuConfig config) {
    return new ServerParts.Settings(
        config.server(),
        config.uploads(),
        SearchConfig.DEFAULT,
        new AnswerConfig(config.generator().reasoning()),
        config.embed());
  }

  private static ServerParts.Documents documents(
      DataFolder data, Stores stores, Ingesting ingesting, SourceBook sources) {
    return new ServerParts.Documents(
        stores.ledger(),
        stores.index().answering(),
        ingesting.service().files(),
        new UploadSpool(data.folder("tmp/uploads")),
        new IngestSwitch(ingesting.service()),
        new ManagedSources(sources, ingesting.service(), stores.ledger()));
  }

  private static GeneratorState generator(ZhikuConfig config, Answering answering) {
    return new BackendState(
        answering.answers()::backend, new AnswerConfig(config.generator().reasoning()));
  }

  private static AnswerRuns runs(
      ZhikuConfig config, Answering answering, Keyring keyring, AuditLog audit) {
    return new AnswerRuns(
        answering.answers(),
        Clock.systemUTC(),
        keyring.keys().usage(),
        new AnswerAudit(audit, generator(config, answering), config.audit().questions()));
  }

  private static ServerParts.Answering answering(
      ZhikuConfig config,
      Stores stores,
      Answering answering,
      Conversations conversations,
      AnswerRuns runs,
      PictureText pictures)
      throws InterruptedException {
    return new ServerParts.Answering(
        runs,
        conversations,
        answering.explainer(),
        answering.models(),
        generator(config, answering),
        stores.embedders(),
        answering.reranker(),
        pictures);
  }

  private static ServerParts.Operation operation(
      ZhikuConfig config,
      DataFolder data,
      Stores stores,
      Answering answering,
      Meters meters,
      AuditLog audit,
      Erasure erasure,
      ServiceEvents events,
      SettingsControl control) {
    Backups backups = BackupTrail.backups(data, config.backup(), new LiveStores(data, stores));
    return new ServerParts.Operation(
        new ServiceFacts(VERSION, () -> generations(stores.index()), answering.words()::problems),
        new Lifecycle(),
        stores.health(),
        meters,
        backups,
        BackupTrail.schedule(backups, config.backup(), audit),
        audit,
        erasure,
        events,
        control);
  }

  private static ServiceFacts.Generations generations(LiveIndex index) {
    return new ServiceFacts.Generations(
        IndexGenerations.name(index.generation()), index.building().map(IndexGenerations::name));
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
    try {
      parts.close();
    } catch (CannotClose e) {
      LOG.error("The service did not end in order", e);
      throw e;
    }
  }
}
