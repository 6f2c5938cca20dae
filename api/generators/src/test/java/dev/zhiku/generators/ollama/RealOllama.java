package dev.zhiku.generators.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.generators.server.RealServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Ollama's own program, with models from files: nothing is fetched. */
public final class RealOllama {
  /** Names the program. */
  public static final String VARIABLE = "ZHIKU_TEST_OLLAMA";

  /**
   * The template of the tiny model as Ollama writes templates; it does not read those of a file.
   */
  static final String TEMPLATE = "{{ range .Messages }}<|{{ .Role }}|>{{ .Content }}{{ end }}";

  private RealOllama() {}

  /** Answers two at once. */
  public static RealServer start(Path program, Path home) throws Exception {
    return start(program, home, home.resolve("none.crt"));
  }

  /**
   * The same.
   *
   * @param trusted certificate of the registry that it may pull from
   */
  static RealServer start(Path program, Path home, Path trusted) throws Exception {
    return RealServer.start(
        home,
        "/api/version",
        port -> List.of(program.toString(), "serve"),
        port ->
            Map.of(
                "OLLAMA_HOST",
                "127.0.0.1:" + port,
                "OLLAMA_MODELS",
                home.resolve("models").toString(),
                "OLLAMA_NUM_PARALLEL",
                "2",
                "OLLAMA_NO_CLOUD",
                "1",
                "SSL_CERT_FILE",
                trusted.toString()));
  }

  /**
   * Makes a model of a GGUF file, as {@code ollama create} does. It computes on one thread: two
   * wait for each other at every step, which a busy machine makes long.
   */
  public static void create(URI server, String name, Path gguf) throws Exception {
    create(server, name, gguf, TEMPLATE);
  }

  /** The same with a template as Ollama writes them. */
  static void create(URI server, String name, Path gguf, String template) throws Exception {
    byte[] bytes = Files.readAllBytes(gguf);
    String digest =
        "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    post(server.resolve("/api/blobs/" + digest), BodyPublishers.ofByteArray(bytes));
    Map<String, ?> order =
        Map.of(
            "model",
            name,
            "files",
            Map.of(gguf.getFileName().toString(), digest),
            "template",
            template,
            "parameters",
            Map.of("num_thread", 1),
            "stream",
            false);
    post(
        server.resolve("/api/create"),
        BodyPublishers.ofString(new ObjectMapper().writeValueAsString(order)));
  }

  private static void post(URI address, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> reply =
          client.send(HttpRequest.newBuilder(address).POST(body).build(), BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 201);
    }
  }
}
