package dev.zhiku.server.http;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.Answerer;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.explain.Explainer;
import dev.zhiku.answering.search.Reranker;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.generators.library.ModelLibrary;
import dev.zhiku.generators.library.TestModels;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.index.testing.DistantEmbedder;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.index.testing.LeakCheckingIndex;
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.testing.InMemoryDocumentCatalog;
import dev.zhiku.server.ServerParts;
import dev.zhiku.server.access.Access;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.access.Instance;
import dev.zhiku.server.access.InstanceSecret;
import dev.zhiku.server.audit.AuditConfig;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.backup.BackupConfig;
import dev.zhiku.server.backup.BackupPart;
import dev.zhiku.server.backup.BackupSchedule;
import dev.zhiku.server.backup.Backups;
import dev.zhiku.server.conversations.Conversations;
import dev.zhiku.server.conversations.ConversationsConfig;
import dev.zhiku.server.conversations.InMemoryConversationStore;
import dev.zhiku.server.documents.FakeSourceFiles;
import dev.zhiku.server.documents.UploadSpool;
import dev.zhiku.server.documents.UploadsConfig;
import dev.zhiku.server.embed.EmbedConfig;
import dev.zhiku.server.erasure.Erasure;
import dev.zhiku.server.erasure.ErasurePlace;
import dev.zhiku.server.identity.AccessRules;
import dev.zhiku.server.identity.AskerUsage;
import dev.zhiku.server.identity.Identities;
import dev.zhiku.server.identity.InMemoryAccessStore;
import dev.zhiku.server.identity.InMemoryKeyStore;
import dev.zhiku.server.identity.InMemoryPersonStore;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.Persons;
import dev.zhiku.server.identity.SeenKeys;
import dev.zhiku.server.identity.SharedKeys;
import dev.zhiku.server.masking.MaskingConfig;
import dev.zhiku.server.ollama.OllamaApiConfig;
import dev.zhiku.server.pictures.PictureText;
import dev.zhiku.server.query.AnswerConfig;
import dev.zhiku.server.query.AnswerRuns;
import dev.zhiku.server.settings.FakeSettingsControl;
import dev.zhiku.server.sources.FakeSourceControl;
import dev.zhiku.server.status.FakeIngestControl;
import dev.zhiku.server.status.GeneratorState;
import dev.zhiku.server.status.Lifecycle;
import dev.zhiku.server.status.Meters;
import dev.zhiku.server.status.ServiceFacts;
import dev.zhiku.server.webhooks.ServiceEvent;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The HTTP edge of the service on a free port, with everything behind it in memory. */
public final class TestServer implements AutoCloseable {
  /** Largest upload, in bytes. */
  public static final long MAX_UPLOAD_BYTES = 1_000_000;

  public final InMemoryDocumentCatalog catalog = new InMemoryDocumentCatalog();
  public final LeakCheckingIndex index;
  public final Lifecycle lifecycle = new Lifecycle();
  public final Meters meters = new Meters();
  public final DistantEmbedder embedder = new DistantEmbedder();
  public final StoreHealth health;
  public final FakeIngestControl ingest = new FakeIngestControl(catalog);
  public final FakeSourceControl sources;
  public final FakeSourceFiles files;
  public final Path spool;

  /** What backups are made of. */
  public volatile Backups.Held held =
      new Backups.Held(
          Map.of("index", 3L),
          List.of(BackupPart.of("words.txt", new byte[] {'w'})),
          Duration.ofMillis(7),
          () -> {});

  private final Path folder;
  public final InMemoryKeyStore keyStore = new InMemoryKeyStore();
  public final InMemoryConversationStore conversations = new InMemoryConversationStore();
  public final InMemoryPersonStore personStore = new InMemoryPersonStore();
  public final NamedKeys named;
  public final Persons persons;
  public final AccessRules rules;
  private final Identities identities;
  private final AskerUsage usage;
  public final SeenKeys seen;
  public final AuditLog audit;
  public final Erasure erasure;

  /** What happened. */
  public final List<ServiceEvent> events = new CopyOnWriteArrayList<>();

  private final InstanceSecret secret;
  private final ModelLibrary ownModels;
  private volatile GeneratorState.Now generator =
      new GeneratorState.Now(
          "extractive", Optional.empty(), true, Optional.empty(), Optional.empty(), false);
  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final OllamaApiConfig ollama;
  private final HttpClient client = HttpClient.newHttpClient();

  private TestServer(Path folder, Settings settings) {
    this.folder = folder;
    index = new LeakCheckingIndex(settings.index.orElseGet(InMemoryKnowledgeIndex::new));
    spool = folder.resolve("spool");
    secret = InstanceSecret.ofData(folder);
    named = new NamedKeys(keyStore, secret.keyHash(), Clock.systemUTC());
    persons = new Persons(personStore, secret.personHash(), Clock.systemUTC());
    sources = new FakeSourceControl(folder.resolve("data"));
    rules = new AccessRules(new InMemoryAccessStore(), Clock.systemUTC(), sources::added);
    identities = new Identities(named, persons, rules);
    seen =
        new SeenKeys(
            named,
            settings.keys.<SharedKeys>map(k -> k).orElse(SharedKeys.NONE),
            keyStore,
            Clock.systemUTC());
    usage = AskerUsage.start(keyStore, named, settings.questionsPerMinute, Clock.systemUTC());
    audit = settings.audit.orElseGet(() -> auditIn(folder.resolve("audit")));
    erasure =
        Erasure.start(folder.resolve("erasing.txt"), settings.places, audit, Duration.ofHours(1));
    ownModels = TestModels.in(folder.resolve("data"));
    health = new StoreHealth(new DiskGuard(List.of(folder), settings.keepFreeBytes));
    files = new FakeSourceFiles(folder.resolve("source"), catalog);
    context =
        ApplicationContext.builder()
            .properties(properties(settings.ollama))
            .singletons(parts(settings))
            .start();
    EmbeddedServer stopped = context.getBean(EmbeddedServer.class);
    settings.giveUpReserved();
    server = stopped.start();
    ollama = settings.ollama;
  }

  private static Map<String, Object> properties(OllamaApiConfig ollama) {
    return ollama.isOn()
        ? Map.of("micronaut.server.port", "0", OllamaApiConfig.PROPERTY, ollama.port())
        : Map.of("micronaut.server.port", "0");
  }

  private static String firstLine(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closed with the server. */
  private static AuditLog auditIn(Path folder) {
    try {
      return AuditLog.open(folder, AuditConfig.DEFAULT, Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerParts parts(Settings settings) {
    Backups backups =
        new Backups(folder, Optional.empty(), 7, () -> held, "0.1.0", Clock.systemUTC());
    BackupSchedule schedule =
        new BackupSchedule(backups, BackupConfig.DEFAULT, Clock.systemUTC(), told -> {});
    return new ServerParts(
        new ServerParts.Settings(
            settings.config(),
            settings.uploads,
            SearchConfig.DEFAULT,
            AnswerConfig.DEFAULT,
            settings.embed),
        new Access(
            settings.config(),
            settings.keys,
            identities,
            settings.masking,
            settings.embed.keyFile().map(TestServer::firstLine),
            Clock.systemUTC()),
        new ServerParts.Keys(identities, usage, seen),
        new Instance(secret),
        new ServerParts.Documents(catalog, index, files, new UploadSpool(spool), ingest, sources),
        new ServerParts.Answering(
            settings.runs,
            new Conversations(conversations, settings.conversations, Clock.systemUTC()),
            new Explainer(
                new Retriever(
                    index, Embedders.single(embedder), SearchConfig.DEFAULT, new Semaphore(1)),
                () -> false),
            settings.models.orElse(ownModels),
            locale -> generator,
            Embedders.single(embedder),
            Reranker.OFF,
            settings.pictures),
        new ServerParts.Operation(
            new ServiceFacts(
                "0.1.0",
                () -> new ServiceFacts.Generations("gen-000001", Optional.empty()),
                settings.wordProblems),
            lifecycle,
            health,
            meters,
            backups,
            schedule,
            audit,
            erasure,
            events::add,
            new FakeSettingsControl()));
  }

  public static TestServer start(Path folder) {
    return start(folder, new Settings());
  }

  public static TestServer start(Path folder, Settings settings) {
    return new TestServer(folder, settings);
  }

  /** Where a path is; one of Ollama's on its own port, where there is one. */
  public URI uri(String path) {
    int port = ollama.isOn() && path.startsWith("/api/") ? ollama.port() : port();
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public int port() {
    return server.getPort();
  }

  public ApplicationContext context() {
    return context;
  }

  /** What the generator says of itself from now on. */
  public void generator(GeneratorState.Now now) {
    generator = now;
  }

  /** Sends a GET with header names and values in turn. */
  public HttpResponse<String> get(String path, String... headers) {
    return send(with(HttpRequest.newBuilder(uri(path)), headers).GET().build());
  }

  public HttpResponse<String> postJson(String path, String body, String... headers) {
    return send(
        with(HttpRequest.newBuilder(uri(path)), headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  public HttpResponse<String> putJson(String path, String body, String... headers) {
    return send(
        with(HttpRequest.newBuilder(uri(path)), headers)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Sends any method without a body. */
  public HttpResponse<String> send(String method, String path, String... headers) {
    return send(
        with(HttpRequest.newBuilder(uri(path)), headers)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build());
  }

  public HttpResponse<String> send(HttpRequest request) {
    return send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The body of a response as a JSON object. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> json(HttpResponse<String> response) {
    try {
      return Objects.requireNonNull(
          context.getBean(JsonMapper.class).readValue(response.body(), Map.class));
    } catch (IOException e) {
      throw new UncheckedIOException("not a JSON object: " + response.body(), e);
    }
  }

  private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  @Override
  public void close() {
    context.close();
    erasure.close();
    audit.close();
    usage.close();
    ownModels.close();
  }

  /** Answers of a server that is asked nothing. */
  private static final class Unasked implements Answerer {
    @Override
    public void requirePlace(Scope scope) {}

    @Override
    public void answer(Question question, Scope scope, Consumer<? super AnswerEvent> sink) {
      throw new IllegalStateException("this server answers no questions");
    }
  }

  /** What a test wants otherwise than by default. */
  public static final class Settings {
    private String host = "127.0.0.1";
    private Optional<URI> publicUrl = Optional.empty();
    private List<String> allowedHosts = List.of();
    private List<String> allowedOrigins = List.of();
    private List<String> trustedProxies = List.of();
    private Optional<String> userHeader = Optional.empty();
    private Optional<Integer> questionsPerMinute = Optional.empty();
    private Optional<KnowledgeIndex> index = Optional.empty();
    private UploadsConfig uploads = new UploadsConfig(true, MAX_UPLOAD_BYTES);
    private Optional<AccessKeys> keys = Optional.empty();
    private EmbedConfig embed = EmbedConfig.OFF;
    private long keepFreeBytes;
    private AnswerRuns runs = new AnswerRuns(new Unasked(), Clock.systemUTC());
    private ConversationsConfig conversations = ConversationsConfig.DEFAULT;
    private Optional<ModelLibrary> models = Optional.empty();
    private Optional<AuditLog> audit = Optional.empty();
    private Supplier<List<Phrase>> wordProblems = List::of;
    private OllamaApiConfig ollama = OllamaApiConfig.OFF;
    private Optional<ServerSocket> reserved = Optional.empty();
    private MaskingConfig masking = MaskingConfig.NOTHING;
    private List<ErasurePlace> places = List.of();
    private PictureText pictures = PictureText.NONE;

    /** What reads pictures. */
    public Settings pictures(PictureText text) {
      pictures = text;
      return this;
    }

    /** Where deleted documents are looked for. */
    public Settings places(ErasurePlace... where) {
      places = List.of(where);
      return this;
    }

    /** With pages that may show the frame. */
    public Settings embed(EmbedConfig config) {
      embed = config;
      return this;
    }

    /** With a port for programs for Ollama, which nobody else gets until the server takes it. */
    public Settings ollamaPort() {
      try {
        ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ollama = new OllamaApiConfig(free.getLocalPort());
        reserved = Optional.of(free);
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void giveUpReserved() {
      try {
        if (reserved.isPresent()) {
          reserved.get().close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What is covered from whom. */
    public Settings masking(MaskingConfig config) {
      masking = config;
      return this;
    }

    public Settings wordProblems(Supplier<List<Phrase>> problems) {
      wordProblems = problems;
      return this;
    }

    /** More than any disk has makes the disk full. */
    public Settings keepFreeBytes(long bytes) {
      keepFreeBytes = bytes;
      return this;
    }

    /** What the access rules believe it is bound to; the test server itself stays on loopback. */
    public Settings host(String name) {
      host = name;
      return this;
    }

    public Settings publicUrl(String url) {
      publicUrl = Optional.of(URI.create(url));
      return this;
    }

    public Settings allowedHosts(String... names) {
      allowedHosts = List.of(names);
      return this;
    }

    public Settings allowedOrigins(String... origins) {
      allowedOrigins = List.of(origins);
      return this;
    }

    public Settings trustedProxies(String... addresses) {
      trustedProxies = List.of(addresses);
      return this;
    }

    /** What is searched, closed by the test; without, an index in memory. */
    public Settings index(KnowledgeIndex searched) {
      index = Optional.of(searched);
      return this;
    }

    public Settings userHeader(String name) {
      userHeader = Optional.of(name);
      return this;
    }

    /** The most of each asker; without, there is no limit. */
    public Settings questionsPerMinute(int most) {
      questionsPerMinute = Optional.of(most);
      return this;
    }

    public Settings uploads(UploadsConfig config) {
      uploads = config;
      return this;
    }

    public Settings keys(AccessKeys known) {
      keys = Optional.of(known);
      return this;
    }

    /** Who answers questions; the test closes it. Without, a question is an internal error. */
    public Settings runs(AnswerRuns answering) {
      runs = answering;
      return this;
    }

    public Settings conversations(ConversationsConfig config) {
      conversations = config;
      return this;
    }

    /** The log of who did what, closed with the server; without, one beside the rest. */
    public Settings audit(AuditLog log) {
      audit = Optional.of(log);
      return this;
    }

    /** The library of models; without, an empty one. */
    public Settings models(ModelLibrary library) {
      models = Optional.of(library);
      return this;
    }

    private ServerConfig config() {
      return new ServerConfig(
          host,
          0,
          publicUrl,
          allowedHosts,
          allowedOrigins,
          trustedProxies,
          userHeader,
          questionsPerMinute,
          ServerConfig.Tls.NONE);
    }
  }
}
