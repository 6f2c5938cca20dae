package dev.zhiku.app.command;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.app.start.DataFolder.Running;
import dev.zhiku.app.start.ServedCertificate;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.ingest.source.HiddenCharacters;
import dev.zhiku.server.access.InstanceSecret;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The running service, as the commands of this machine reach it. */
final class LocalService implements AutoCloseable {
  /** Longest wait for an answer: a model may have to be loaded and then writes. */
  private static final Duration TIMEOUT = Duration.ofMinutes(20);

  private static final Duration PROOF_TIMEOUT = Duration.ofSeconds(30);

  private static final int MOST_PROOF_BYTES = 4_096;

  private final HttpClient client;
  private final JsonMapper json = JsonMapper.createDefault();
  private final String url;
  private final Optional<String> key;

  private LocalService(HttpClient client, String url, Optional<String> key) {
    this.client = client;
    this.url = url;
    this.key = key;
  }

  /**
   * The service that has the configured data folder, and no other: before anything secret is said
   * to whatever listens at its address, it has to prove that it can read that folder.
   *
   * @throws ServiceRefused if it does not run, or something else listens there
   * @throws CannotStart if a file with a secret may be read by others
   */
  static LocalService of(ZhikuConfig config) throws InterruptedException {
    Path data = config.data();
    String url = DataFolder.runningAt(data).map(Running::url).orElseThrow(() -> notRunning(data));
    HttpClient client =
        url.startsWith("https:")
            ? certificate(config).map(OutboundClients::pinned).orElseThrow(() -> notRunning(data))
            : OutboundClients.direct();
    try {
      new LocalService(client, url, Optional.empty()).prove(data);
      return new LocalService(client, url, AccessKeyFile.ofData(data).adminKey());
    } catch (RuntimeException | InterruptedException e) {
      client.shutdownNow();
      throw e;
    }
  }

  private static Optional<X509Certificate> certificate(ZhikuConfig config) {
    try {
      return ServedCertificate.of(config);
    } catch (UncheckedIOException e) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION, "zhiku.server.tls: " + String.valueOf(e.getMessage()));
    }
  }

  private void prove(Path data) throws InterruptedException {
    InstanceSecret secret = secret(data).orElseThrow(() -> stranger(data));
    String nonce = InstanceSecret.nonce();
    HttpRequest challenge =
        HttpRequest.newBuilder(URI.create(url + "/health/instance?nonce=" + nonce))
            .timeout(PROOF_TIMEOUT)
            .header("Accept", "application/json")
            .GET()
            .build();
    try {
      HttpResponse<InputStream> response = client.send(challenge, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        String proof =
            JsonObject.text(JsonObject.read(json, body.readNBytes(MOST_PROOF_BYTES)), "proof");
        if (response.statusCode() != 200 || !secret.proves(proof, nonce, url)) {
          throw stranger(data);
        }
      }
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw notRunning(data);
    } catch (IOException e) {
      throw stranger(data);
    }
  }

  private static Optional<InstanceSecret> secret(Path data) {
    try {
      return InstanceSecret.find(data);
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new CannotStart(Code.BAD_CONFIGURATION, String.valueOf(e.getMessage()));
    }
  }

  private static ServiceRefused notRunning(Path data) {
    return new ServiceRefused(
        "no-service",
        "No service runs with the data folder " + data.toAbsolutePath() + ".",
        "Start it with ./zhiku serve, or name its configuration with --config or --data.");
  }

  private ServiceRefused stranger(Path data) {
    return new ServiceRefused(
        "no-service",
        "What answers at "
            + url
            + " is not the service of the data folder "
            + data.toAbsolutePath()
            + "; it was told nothing.",
        "Start the service with ./zhiku serve; if it runs, start it again.");
  }

  /**
   * @throws ServiceRefused with what the service says, or why it cannot be reached
   */
  Map<String, @Nullable Object> get(String path) throws InterruptedException {
    return send(request(path).GET().build());
  }

  /**
   * @throws ServiceRefused with what the service says, or why it cannot be reached
   */
  Map<String, @Nullable Object> post(String path, Map<String, Object> body)
      throws InterruptedException {
    return send(withBody(path, body, "POST"));
  }

  /**
   * The response of the service to a JSON body, as it comes and whatever its status.
   *
   * @param headers in place of the usual ones of these names
   */
  HttpResponse<InputStream> exchange(String path, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }

  /**
   * The response of the service to a request as a client makes it, whatever its status. It goes to
   * the address of the service on this machine, which need not be the one that clients are given.
   *
   * @param port of the service, another than its own where it has several
   * @param headers in place of the usual ones of these names
   */
  HttpResponse<InputStream> exchange(
      String method,
      String path,
      OptionalInt port,
      Optional<byte[]> body,
      Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .method(
                method, body.map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody));
    if (port.isPresent()) {
      request.uri(URI.create("http://" + URI.create(url).getHost() + ":" + port.getAsInt() + path));
    }
    body.ifPresent(some -> request.header("Content-Type", "application/json"));
    headers.forEach(request::setHeader);
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }

  /**
   * @throws ServiceRefused with what the service says, or why it cannot be reached
   */
  Map<String, @Nullable Object> delete(String path) throws InterruptedException {
    return send(request(path).DELETE().build());
  }

  /** A text that the service gives, whatever its status. */
  String text(String path) throws IOException, InterruptedException {
    HttpRequest wanted = request(path).setHeader("Accept", "*/*").GET().build();
    return client.send(wanted, BodyHandlers.ofString(StandardCharsets.UTF_8)).body();
  }

  /** As the service wrote it, but for white space and for escapes, which mean the same. */
  String json(Map<String, @Nullable Object> object) {
    try {
      return HiddenCharacters.shown(json.writeValueAsString(object));
    } catch (IOException e) {
      throw new IllegalStateException("what was read as JSON became none", e);
    }
  }

  /**
   * @throws ServiceRefused with what the service says, or why it cannot be reached
   */
  Map<String, @Nullable Object> put(String path, Map<String, Object> body)
      throws InterruptedException {
    return send(withBody(path, body, "PUT"));
  }

  private HttpRequest withBody(String path, Map<String, Object> body, String method) {
    try {
      return request(path)
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
          .build();
    } catch (IOException e) {
      throw new IllegalStateException("a request of strings became no JSON", e);
    }
  }

  /** A name as a part of a path, or as a value of a parameter. */
  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .header("Accept-Language", Locale.getDefault().toLanguageTag());
    key.ifPresent(k -> request.header("Authorization", "Bearer " + k));
    return request;
  }

  private Map<String, @Nullable Object> send(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      Map<String, @Nullable Object> body =
          response.body().length == 0 ? Map.of() : JsonObject.read(json, response.body());
      if (response.statusCode() >= 400) {
        throw new ServiceRefused(
            JsonObject.text(body, "code"),
            JsonObject.lines(body, "detail"),
            JsonObject.lines(body, "remedy"));
      }
      return body;
    } catch (IOException e) {
      throw new ServiceRefused(
          "no-service",
          "No service answers at " + url + " (" + reasonOf(e) + ").",
          "Start it with ./zhiku serve, or name its configuration with --config or --data.");
    }
  }

  private static String reasonOf(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
