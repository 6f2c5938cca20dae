package dev.zhiku.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.openai.V1Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams of every protocol at once, against a model that takes its time. */
@Tag("long")
@Timeout(600)
class MixedStreamsIT {
  private static final int STREAMS = 200;
  private static final int ROUNDS = 3;
  private static final int CONCURRENCY = 50;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What the heap may have grown by from the first round to the last, in bytes. */
  private static final long GROWTH = 24L << 20;

  private static final String QUESTION = "年假有几天？";
  private static final List<String> PIECES =
      List.of("正式员工", "每年", "享有", " 15 ", "天", "带薪", "年假", " [1]", "。");

  private static V1Server server;
  private static HttpClient client;

  /** A protocol with a stream, and the words by which a whole one is known. */
  private enum Protocol {
    QUERY("/query", "{\"question\": \"" + QUESTION + "\"}", "event: answered"),
    CHAT(
        "/v1/chat/completions",
        "{\"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \""
            + QUESTION
            + "\"}]}",
        "data: [DONE]"),
    PROMPT(
        "/v1/completions", "{\"stream\": true, \"prompt\": \"" + QUESTION + "\"}", "data: [DONE]"),
    RESPONSES(
        "/v1/responses",
        "{\"stream\": true, \"input\": \"" + QUESTION + "\"}",
        "event: response.completed"),
    OLLAMA(
        "/api/chat",
        "{\"model\": \"zhiku\", \"messages\": [{\"role\": \"user\", \"content\": \""
            + QUESTION
            + "\"}]}",
        "\"done\":true"),
    MCP(
        "/mcp",
        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\":"
            + " \"ask\", \"arguments\": {\"question\": \""
            + QUESTION
            + "\"}, \"_meta\": {\"progressToken\": 1}}}",
        "\"structuredContent\"");

    private final String path;
    private final String body;
    private final String end;

    Protocol(String path, String body, String end) {
      this.path = path;
      this.body = body;
      this.end = end;
    }

    HttpRequest request() {
      return HttpRequest.newBuilder(server.http.uri(path))
          .timeout(PATIENCE)
          .header("Content-Type", "application/json")
          .header("Accept", "text/event-stream, application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
          .build();
    }
  }

  @BeforeAll
  static void start(@TempDir Path folder) {
    server =
        V1Server.start(
            folder,
            new TestServer.Settings().ollamaPort(),
            STREAMS,
            new SlowBackend(PIECES, 50, CONCURRENCY));
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void two_hundred_streams_all_end_rightly_and_leave_no_memory_behind() {
    SlowBackend slow = new SlowBackend(PIECES, 50, CONCURRENCY);
    server.backend.use(slow);
    List<Long> used = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      PromisedTime time = PromisedTime.start();
      Map<Protocol, Integer> ended = new EnumMap<>(Protocol.class);
      List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        asked.add(client.sendAsync(protocol(i).request(), BodyHandlers.ofString()));
      }
      for (int i = 0; i < STREAMS; i++) {
        Protocol protocol = protocol(i);
        HttpResponse<String> response = asked.get(i).join();
        assertThat(response.statusCode()).as(protocol + ": " + response.body()).isEqualTo(200);
        assertThat(response.body()).as(protocol.name()).contains(protocol.end, "员工手册.pdf");
        ended.merge(protocol, 1, Integer::sum);
      }
      assertThat(slow.writing()).isZero();
      used.add(heap());
      System.out.println(
          "round " + round + ": " + ended + " in " + time + ", heap " + used.getLast() / 1_000_000);
    }
    assertThat(slow.begun()).isEqualTo(ROUNDS * STREAMS);
    assertThat(Collections.max(used.subList(1, ROUNDS)) - used.getFirst()).isLessThan(GROWTH);
  }

  private static Protocol protocol(int number) {
    return Protocol.values()[number % Protocol.values().length];
  }

  /** What is in use after what can be collected is. */
  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  @Tag("promise")
  void who_leaves_stops_his_answer_within_a_second_in_every_protocol() throws Exception {
    SlowBackend endless = new SlowBackend(Collections.nCopies(10_000, "年假"), 100, CONCURRENCY);
    server.backend.use(endless);
    for (Protocol protocol : Protocol.values()) {
      int before = endless.begun();
      List<CompletableFuture<HttpResponse<InputStream>>> asked = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        asked.add(client.sendAsync(protocol.request(), BodyHandlers.ofInputStream()));
      }
      PromisedTime.await(
          "beginning of all five", SOON.multipliedBy(2), () -> endless.begun() == before + 5);
      leave(asked);
      Duration took = PromisedTime.await("end of " + protocol, SOON, () -> endless.writing() == 0);
      System.out.println(protocol + ": the model stopped after " + took.toMillis() + " ms");
    }
  }

  /** Closes the connections, those too whose response has not begun. */
  private static void leave(List<CompletableFuture<HttpResponse<InputStream>>> asked)
      throws IOException {
    for (CompletableFuture<HttpResponse<InputStream>> one : asked) {
      if (one.isDone()) {
        one.join().body().close();
      } else {
        one.cancel(true);
      }
    }
  }
}
