package dev.zhiku.api.http;

import dev.zhiku.api.access.Access;
import dev.zhiku.api.access.AccessKeys;
import dev.zhiku.api.access.Instance;
import dev.zhiku.api.access.InstanceSecret;
import dev.zhiku.api.documents.FakeSourceFiles;
import dev.zhiku.api.documents.InMemoryDocumentCatalog;
import dev.zhiku.api.documents.PassageShelf;
import dev.zhiku.api.documents.UploadSpool;
import dev.zhiku.api.documents.UploadsConfig;
import dev.zhiku.api.status.EmbedderState;
import dev.zhiku.api.status.FakeIngestControl;
import dev.zhiku.api.status.GeneratorState;
import dev.zhiku.api.status.Lifecycle;
import dev.zhiku.api.status.Meters;
import dev.zhiku.api.status.ServiceFacts;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.testing.DistantEmbedder;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.health.StoreHealth;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.inject.qualifiers.PrimaryQualifier;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The HTTP edge of the service on a free port, with everything behind it in memory. */
public final class TestServer implements AutoCloseable {
  /** Largest upload, in bytes. */
  public static final long MAX_UPLOAD_BYTES = 1_000_000;

  public final InMemoryDocumentCatalog catalog = new InMemoryDocumentCatalog();
  public final PassageShelf index = new PassageShelf();
  public final Lifecycle lifecycle = new Lifecycle();
  public final Meters meters = new Meters();
  public final DistantEmbedder embedder = new DistantEmbedder();
  public final StoreHealth health;
  public final FakeIngestControl ingest = new FakeIngestControl(catalog);
  public final FakeSourceFiles files;
  public final Path spool;
  private volatile GeneratorState.Now generator =
      new GeneratorState.Now("extractive", Optional.empty(), true, Optional.empty(), false);
  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private TestServer(Path folder, Settings settings) {
    spool = folder.resolve("spool");
    health = new StoreHealth(new DiskGuard(List.of(folder), settings.keepFreeBytes));
    files = new FakeSourceFiles(folder.resolve("source"), catalog);
    ApplicationContextBuilder builder =
        ApplicationContext.builder()
            .properties(Map.of("micronaut.server.port", "0"))
            .beanDefinitions(catalogBean())
            .singletons(
                index,
                files,
                ingest,
                new UploadSpool(spool),
                settings.uploads,
                settings.config(),
                new Access(settings.config(), settings.keys, Clock.systemUTC()),
                new Instance(InstanceSecret.ofData(folder)),
                new ServiceFacts(
                    "0.1.0", () -> new ServiceFacts.Generations("gen-000001", Optional.empty())),
                health,
                lifecycle,
                meters,
                new EmbedderState(Embedders.single(embedder)),
                (GeneratorState) locale -> generator);
    settings.beans.forEach(builder::singletons);
    context = builder.start();
    server = context.getBean(EmbeddedServer.class).start();
  }

  /** Preferred to the catalogue in a database, which is on the class path too. */
  private RuntimeBeanDefinition<DocumentCatalog> catalogBean() {
    return RuntimeBeanDefinition.builder(DocumentCatalog.class, () -> catalog)
        .qualifier(PrimaryQualifier.instance())
        .singleton(true)
        .build();
  }

  public static TestServer start(Path folder) {
    return start(folder, new Settings());
  }

  public static TestServer start(Path folder, Settings settings) {
    return new TestServer(folder, settings);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
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
  }

  /** What a test wants otherwise than by default. */
  public static final class Settings {
    private String host = "127.0.0.1";
    private List<String> allowedHosts = List.of();
    private List<String> allowedOrigins = List.of();
    private List<String> trustedProxies = List.of();
    private UploadsConfig uploads = new UploadsConfig(true, MAX_UPLOAD_BYTES);
    private Optional<AccessKeys> keys = Optional.empty();
    private long keepFreeBytes;
    private final List<Object> beans = new ArrayList<>();

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

    public Settings uploads(UploadsConfig config) {
      uploads = config;
      return this;
    }

    public Settings keys(AccessKeys known) {
      keys = Optional.of(known);
      return this;
    }

    public Settings bean(Object bean) {
      beans.add(bean);
      return this;
    }

    private ServerConfig config() {
      return new ServerConfig(
          host,
          0,
          Optional.empty(),
          allowedHosts,
          allowedOrigins,
          trustedProxies,
          new ServerConfig.Tls(Optional.empty(), Optional.empty()));
    }
  }
}
