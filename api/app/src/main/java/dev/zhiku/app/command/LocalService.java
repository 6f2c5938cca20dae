package dev.zhiku.app.command;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.app.start.DataFolder.Running;
import dev.zhiku.generators.egress.OutboundClients;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The running service, as the commands of this machine reach it. */
final class LocalService implements AutoCloseable {
  /** Longest wait for an answer: a model may have to be loaded and then writes. */
  private static final Duration TIMEOUT = Duration.ofMinutes(20);

  private final HttpClient client;
  private final JsonMapper json = JsonMapper.createDefault();
  private final String url;
  private final Optional<String> key;

  private LocalService(HttpClient client, String url, Optional<String> key) {
    this.client = client;
    this.url = url;
    this.key = key;
  }

  /** The service that has the configured data folder, or else listens at the configured port. */
  static LocalService of(ZhikuConfig config) {
    String url =
        DataFolder.runningAt(config.data())
            .map(Running::url)
            .orElse("http://" + config.server().host() + ":" + config.server().port());
    HttpClient client =
        config
            .server()
            .tls()
            .certificate()
            .filter(certificate -> url.startsWith("https:"))
            .map(OutboundClients::pinned)
            .orElseGet(OutboundClients::direct);
    return new LocalService(client, url, AccessKeyFile.ofData(config.data()).adminKey());
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
    try {
      byte[] bytes = json.writeValueAsBytes(body);
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(bytes))
              .build());
    } catch (IOException e) {
      throw new IllegalStateException("a request of strings became no JSON", e);
    }
  }

  /**
   * @throws ServiceRefused with what the service says, or why it cannot be reached
   */
  Map<String, @Nullable Object> delete(String path) throws InterruptedException {
    return send(request(path).DELETE().build());
  }

  /** As the service wrote it, but for white space. */
  String json(Map<String, @Nullable Object> object) {
    try {
      return json.writeValueAsString(object);
    } catch (IOException e) {
      throw new IllegalStateException("what was read as JSON became none", e);
    }
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
            JsonObject.text(body, "detail"),
            JsonObject.text(body, "remedy"));
      }
      return body;
    } catch (IOException e) {
      throw new ServiceRefused(
          "not-running",
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
