package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.server.RealLlamaServer;
import dev.zhiku.generators.server.RealServer;
import dev.zhiku.generators.server.SmolLm2;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens a second of a real model behind llama.cpp's own server, asked by itself and through {@code
 * /query} in turns: {@code ./mvnw verify -Pfigures}. Both go through a relay that has the model
 * write exactly as much, at a temperature of 0; by itself it gets the very request that the service
 * sent, so that both read the same prompt from the same cache. Skipped, and says so, where the
 * model or the server is missing.
 */
@Tag("figures")
@Timeout(1_800)
class LlamaServerFiguresIT {
  private static final int PAIRS = 5;
  private static final int WARM_UP = 1;
  private static final int TOKENS = 48;
  private static final int CONTEXT_TOKENS = 4_096;
  private static final double LEAST_RATIO = 0.97;
  private static final String QUESTION = "How often does the cooling pump need oil?";
  private static final String TEXT =
      "The cooling pump needs oil every month. Use the grade ISO 46. Before opening the housing,"
          + " lock the main switch and hang the red tag. The filter is changed twice a year.";
  private static final Pattern COUNTS = Pattern.compile("\"completion_tokens\"\\s*:\\s*(\\d+)");

  @TempDir Path home;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * One generation.
   *
   * @param seconds until the last byte was read
   * @param writing of those, from the model's first byte to its last
   */
  private record Run(long tokens, double seconds, double writing) {}

  /** Both, of one prompt. */
  private record Pair(Run through, Run alone) {
    double ratio(ToDoubleFunction<Run> time) {
      return time.applyAsDouble(alone) / time.applyAsDouble(through);
    }
  }

  @Test
  void tokens_through_query_against_the_server_alone() throws Exception {
    Path program = RealLlamaServer.program(home.resolve("program"));
    Path model = SmolLm2.file();
    try (RealServer server =
            RealServer.start(
                Files.createDirectories(home.resolve("server")),
                "/health",
                port -> RealLlamaServer.command(program, model, port, CONTEXT_TOKENS, 1),
                port -> Map.of());
        Relay relay = new Relay(server.uri());
        ServiceProcess service = serve(relay)) {
      List<Pair> pairs = new ArrayList<>();
      for (int i = -WARM_UP; i < PAIRS; i++) {
        Run through = throughQuery(service, relay);
        Run alone = alone(relay);
        assertThat(through.tokens()).isEqualTo(TOKENS);
        assertThat(alone.tokens()).isEqualTo(TOKENS);
        if (i >= 0) {
          pairs.add(new Pair(through, alone));
          System.out.printf("through %s, alone %s%n", through, alone);
        }
      }
      double writing = median(pairs, pair -> pair.ratio(Run::writing));
      System.out.printf(
          Locale.ROOT,
          "llama-server, median of %d pairs of %d tokens: alone %.1f tokens a second, through"
              + " /query %.1f while it writes: %.3f; of whole requests %.3f%n",
          PAIRS,
          TOKENS,
          median(pairs, pair -> TOKENS / pair.alone().writing()),
          median(pairs, pair -> TOKENS / pair.through().writing()),
          writing,
          median(pairs, pair -> pair.ratio(Run::seconds)));
      assertThat(writing).isGreaterThanOrEqualTo(LEAST_RATIO);
    }
  }

  private static double median(List<Pair> pairs, ToDoubleFunction<Pair> value) {
    List<Double> values = pairs.stream().map(value::applyAsDouble).sorted().toList();
    return values.get(values.size() / 2);
  }

  private ServiceProcess serve(Relay relay) throws IOException {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(folder.resolve("manual.txt"), TEXT);
    Files.writeString(
        home.resolve("zhiku.yml"),
        ("zhiku: {generator: {backend: openai, max-answer-tokens: %d, openai: {base-url:"
                + " \"http://127.0.0.1:%d/v1\", model: tiny, context-tokens: %d}}}")
            .formatted(TOKENS, relay.port(), CONTEXT_TOKENS));
    ServiceProcess service = ServiceProcess.start(home);
    service.awaitStatus(
        Duration.ofMinutes(2),
        s -> s.at("/files/indexed").asInt() == 1 && s.at("/generator/ready").asBoolean());
    return service;
  }

  /** With retrieval, the check of what was written, and all else that an asker waits for. */
  private Run throughQuery(ServiceProcess service, Relay relay) throws Exception {
    return run(
        HttpRequest.newBuilder(URI.create(service.url() + "/query"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"question\": \"" + QUESTION + "\"}"))
            .build(),
        relay);
  }

  private Run alone(Relay relay) throws Exception {
    return run(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + relay.port() + "/v1/chat/completions"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(relay.lastBody))
            .build(),
        relay);
  }

  private Run run(HttpRequest request, Relay relay) throws Exception {
    long begin = System.nanoTime();
    String body = client.send(request, BodyHandlers.ofString()).body();
    double seconds = (System.nanoTime() - begin) / 1e9;
    long tokens =
        COUNTS
            .matcher(body)
            .results()
            .map(MatchResult::group)
            .mapToLong(found -> Long.parseLong(found.replaceAll("\\D", "")))
            .max()
            .orElseThrow(() -> new AssertionError(body));
    return new Run(tokens, seconds, relay.writingSeconds);
  }

  /** Passes requests on, and has each answer be equally long. */
  private static final class Relay implements AutoCloseable {
    private final HttpServer listening;
    private final URI target;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What was asked last, as it came. */
    private volatile byte[] lastBody = new byte[0];

    /** From the first piece of the last answer to its end. */
    private volatile double writingSeconds;

    Relay(URI target) throws IOException {
      this.target = target;
      this.listening =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      listening.createContext("/", this::pass);
      listening.start();
    }

    int port() {
      return listening.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
      try (exchange) {
        byte[] asked = exchange.getRequestBody().readAllBytes();
        boolean chat = exchange.getRequestURI().getPath().endsWith("/chat/completions");
        HttpRequest.Builder request =
            HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
                .header("Content-Type", "application/json");
        if (exchange.getRequestMethod().equals("POST")) {
          lastBody = chat ? asked : lastBody;
          request.POST(BodyPublishers.ofByteArray(chat ? equallyLong(asked) : asked));
        }
        var response = client.send(request.build(), BodyHandlers.ofInputStream());
        exchange
            .getResponseHeaders()
            .add("Content-Type", response.headers().firstValue("Content-Type").orElse(""));
        exchange.sendResponseHeaders(response.statusCode(), 0);
        copy(response.body(), exchange.getResponseBody(), chat);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    private byte[] equallyLong(byte[] asked) throws IOException {
      ObjectNode request = (ObjectNode) json.readTree(asked);
      request.put("max_tokens", TOKENS).put("temperature", 0).put("ignore_eos", true);
      return json.writeValueAsBytes(request);
    }

    private void copy(InputStream from, OutputStream to, boolean timed) throws IOException {
      byte[] bytes = new byte[65_536];
      long first = 0;
      try (from;
          to) {
        for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
          first = first == 0 ? System.nanoTime() : first;
          to.write(bytes, 0, read);
          to.flush();
        }
        if (timed) {
          writingSeconds = (System.nanoTime() - first) / 1e9;
        }
      }
    }

    @Override
    public void close() {
      listening.stop(0);
      client.close();
    }
  }
}
