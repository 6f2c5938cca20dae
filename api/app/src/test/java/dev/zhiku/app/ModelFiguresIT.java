package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.ollama.OllamaBackend;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.generators.server.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we add to a model's own time: {@code ./mvnw verify -Pfigures}. The model is a script behind
 * Ollama's protocol, so that nothing but our part is measured.
 */
@Tag("figures")
class ModelFiguresIT {
  private static final String QUESTION = "How often does the cooling pump need oil?";
  private static final int REQUESTS = 500;
  private static final int WARM_UP = 200;
  private static final int PIECES = 2_000;
  private static final int STREAMS = 200;
  private static final int SLOW_PIECES = 60;
  private static final int SLOW_PAUSE_MILLIS = 250;
  private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

  @TempDir Path home;
  private final AtomicLong requestAt = new AtomicLong();
  private volatile int pieces = 1;
  private volatile int pauseMillis;
  private final AtomicInteger streaming = new AtomicInteger();

  @Test
  void from_a_prompt_to_the_request_on_the_wire() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(this::ollama);
        ChatBackend backend =
            OllamaBackend.open(
                new GeneratorConfig.Ollama(
                    server.uri(), "scripted", 8_192, Duration.ofMinutes(30), 1, List.of()),
                PromptForm.AUTO,
                new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30)),
                OutboundClients.toModelServer())) {
      double[] millis = new double[REQUESTS];
      for (int i = 0; i < WARM_UP + REQUESTS; i++) {
        long begin = System.nanoTime();
        backend.generate(prompt(), piece -> {});
        millis[Math.max(0, i - WARM_UP)] = (requestAt.get() - begin) / 1e6;
      }
      Arrays.sort(millis);
      System.out.printf(
          "prompt of 6 passages ready to request received, %d requests: p50 %.2f ms, p99 %.2f ms%n",
          REQUESTS, millis[REQUESTS / 2], millis[REQUESTS * 99 / 100]);
      assertThat(millis[0]).isPositive();
    }
  }

  private static Prompt prompt() {
    List<Prompt.Source> sources = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      sources.add(new Prompt.Source(i, "manual.txt", "The pump needs oil. ".repeat(60), 1));
    }
    return new Prompt(
        "Answer from the passages.",
        List.of(),
        QUESTION,
        sources,
        false,
        new Prompt.Limits(1_024, 4_096, Duration.ofMinutes(1)));
  }

  @Test
  void tokens_through_query_against_the_model_alone() throws Exception {
    pieces = PIECES;
    try (FakeModelServer server = FakeModelServer.start(this::ollama);
        ServiceProcess service = serve(server)) {
      double alone = 0;
      double through = 0;
      for (int round = 0; round < 10; round++) {
        alone = Math.max(alone, PIECES / secondsOf(() -> drain(direct(server))));
        through = Math.max(through, PIECES / secondsOf(() -> drain(query(service))));
      }
      System.out.printf(
          "a model without any pause, best of 10: alone %.0f pieces/s, through /query %.0f"
              + " pieces/s%n",
          alone, through);
      pauseMillis = 10;
      pieces = 300;
      alone = pieces / secondsOf(() -> drain(direct(server)));
      through = pieces / secondsOf(() -> drain(query(service)));
      System.out.printf(
          "a model of about 100 pieces/s: alone %.1f pieces/s, through /query %.1f: %.3f%n",
          alone, through, through / alone);
      assertThat(through / alone).isGreaterThan(0.9);
    }
  }

  @Test
  void two_hundred_streams_open_at_once() throws Exception {
    pieces = SLOW_PIECES;
    pauseMillis = SLOW_PAUSE_MILLIS;
    try (FakeModelServer server = FakeModelServer.start(this::ollama);
        ServiceProcess service = serve(server);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      drain(query(service));
      long before = heapKilobytes(service);
      int descriptors = service.openDescriptors();
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        answers.add(clients.submit(() -> drain(query(service))));
      }
      while (streaming.get() < STREAMS) {
        ServiceProcess.pause(50);
      }
      long open = heapKilobytes(service);
      int more = service.openDescriptors() - descriptors;
      int lines = 0;
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isGreaterThan(SLOW_PIECES);
        lines += answer.get();
      }
      System.out.printf(
          "%d streams open: %.0f KB of heap and %.1f descriptors a stream, %d lines delivered%n",
          STREAMS, (double) (open - before) / STREAMS, (double) more / STREAMS, lines);
    }
  }

  private ServiceProcess serve(FakeModelServer model) throws IOException {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(folder.resolve("manual.txt"), "The cooling pump needs oil every month.");
    Files.writeString(
        home.resolve("zhiku.yml"),
        "zhiku: {generator: {backend: ollama, max-answer-tokens: 4096, ollama: {base-url:"
            + " \"http://127.0.0.1:%d\", concurrency: %d}}}".formatted(model.port(), STREAMS));
    ServiceProcess service = ServiceProcess.start(home);
    service.awaitStatus(
        Duration.ofMinutes(1),
        s -> s.at("/files/indexed").asInt() == 1 && s.at("/generator/ready").asBoolean());
    return service;
  }

  private static HttpRequest query(ServiceProcess service) {
    return HttpRequest.newBuilder(URI.create(service.url() + "/query"))
        .header("Content-Type", "application/json")
        .header("Accept", "text/event-stream")
        .POST(BodyPublishers.ofString("{\"question\": \"" + QUESTION + "\"}"))
        .build();
  }

  private static HttpRequest direct(FakeModelServer server) {
    return HttpRequest.newBuilder(server.uri().resolve("/api/chat"))
        .POST(BodyPublishers.ofString("{\"messages\":[{}]}"))
        .build();
  }

  /** Reads a stream to its end; how many lines it had. */
  private static int drain(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient();
        Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
      return (int) lines.count();
    }
  }

  private static double secondsOf(Callable<Integer> work) throws Exception {
    long begin = System.nanoTime();
    assertThat(work.call()).isPositive();
    return (System.nanoTime() - begin) / 1e9;
  }

  /** After a collection. */
  private static long heapKilobytes(ServiceProcess service) throws Exception {
    diagnose(service, "GC.run");
    Matcher used = HEAP_USED.matcher(diagnose(service, "GC.heap_info"));
    assertThat(used.find()).isTrue();
    return Long.parseLong(used.group(1));
  }

  private static String diagnose(ServiceProcess service, String command) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(service.processId()), command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private void ollama(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
      throws IOException, InterruptedException {
    requestAt.set(System.nanoTime());
    if (request.path().equals("/api/show")) {
      exchange.json("{\"model_info\":{\"qwen2.context_length\":131072},\"capabilities\":[]}");
    } else if (request.body().contains("\"messages\":[]")) {
      exchange.json("{\"done\":true,\"done_reason\":\"load\"}");
    } else {
      streaming.incrementAndGet();
      exchange.stream("application/x-ndjson");
      for (int i = 0; i < pieces; i++) {
        exchange.chunk("{\"message\":{\"content\":\"month \"},\"done\":false}\n");
        if (pauseMillis > 0) {
          exchange.pause(pauseMillis);
        }
      }
      exchange.chunk(
          "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":90,\"eval_count\":9}\n");
      exchange.end();
    }
  }
}
