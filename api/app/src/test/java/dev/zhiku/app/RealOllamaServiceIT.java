package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.llamacpp.TinyModelFile;
import dev.zhiku.generators.ollama.RealOllama;
import dev.zhiku.generators.server.RealServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with Ollama itself: {@code ZHIKU_TEST_OLLAMA=/path/to/ollama}. */
@Timeout(300)
class RealOllamaServiceIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION = "How often does the cooling pump need oil!";
  private static final String ENDLESS = "How often does the cooling pump need oil?";
  private static final int CONTEXT_TOKENS = 16_384;
  private static final int TOKENS = 3_000;
  private static final int ROUNDS = 5;
  private static final Duration FAILS_WITHIN = Duration.ofSeconds(2);

  @TempDir Path home;

  @Test
  void models_are_chosen_and_answers_written_broken_off_and_written_again() throws Exception {
    Path program = RealServer.program(RealOllama.VARIABLE);
    Path gguf = home.resolve("tiny.gguf");
    TinyModelFile.write(gguf);
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(folder.resolve("manual.txt"), "The cooling pump needs oil every month.");
    try (RealServer ollama =
        RealOllama.start(program, Files.createDirectories(home.resolve("ollama")))) {
      RealOllama.create(ollama.uri(), "tiny", gguf);
      RealOllama.create(ollama.uri(), "other", gguf);
      Files.writeString(
          home.resolve("zhiku.yml"),
          "zhiku: {generator: {max-answer-tokens: %d, ollama: {base-url: \"%s\", context-tokens: %d}}}"
              .formatted(TOKENS, ollama.uri(), CONTEXT_TOKENS));
      try (ServiceProcess service = ServiceProcess.start(home)) {
        service.awaitStatus(Duration.ofMinutes(1), s -> s.at("/files/indexed").asInt() == 1);
        choose();
        requireWritten(service);
        measure(service, ollama.uri());
        breakOff(service, ollama);
        ollama.restart();
        requireWritten(service);
      }
    }
  }

  private String done(String... arguments) {
    ServiceProcess.Ended ended = ServiceProcess.run(home, arguments);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  private String refused(String... arguments) {
    ServiceProcess.Ended ended = ServiceProcess.run(home, arguments);
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
    return ended.output();
  }

  private void choose() {
    assertThat(done("model", "list"))
        .contains("answers    by extractive", "tiny:latest", "other:latest", "32768");
    assertThat(done("model", "use", "tiny")).contains("answers    by ollama (tiny:latest)");
    assertThat(refused("model", "remove", "tiny")).contains("model-in-use");
    assertThat(done("model", "remove", "other")).contains("removed");
    assertThat(done("model", "list")).doesNotContain("other:latest");
    String pulled = refused("model", "pull", "127.0.0.1:1/library/nobody:1b");
    System.out.println(pulled);
    assertThat(pulled).contains("pull model manifest");
    String report = done("doctor");
    System.out.println(report);
    assertThat(report).contains("tokens");
  }

  private static void requireWritten(ServiceProcess service) {
    service.awaitStatus(Duration.ofSeconds(60), s -> s.at("/generator/ready").asBoolean());
    JsonNode written = service.ask(QUESTION, "chat");
    assertThat(written.at("/generator/backend").asText()).as("%s", written).isEqualTo("ollama");
    assertThat(written.at("/generator/ai_generated").asBoolean()).isTrue();
    assertThat(written.at("/answer").asText()).contains("YES");
  }

  /** As many tokens after a prompt of the same length, whole requests. */
  private static void measure(ServiceProcess service, URI ollama) throws Exception {
    JsonNode budget = service.ask(ENDLESS, "chat").path("budget");
    assertThat(budget.path("completion_tokens").asInt()).isEqualTo(TOKENS);
    int prompt = budget.path("prompt_tokens").asInt();
    double alone = 0;
    double through = 0;
    for (int round = 0; round < ROUNDS; round++) {
      alone = Math.max(alone, rate(direct(ollama, prompt), "\"eval_count\":" + TOKENS));
      through = Math.max(through, rate(query(service), "\"completion_tokens\":" + TOKENS));
    }
    System.out.printf(
        "Ollama with the tiny model, %d tokens after %d, best of %d: alone %.0f tokens/s, through"
            + " /query %.0f: %.3f%n",
        TOKENS, prompt, ROUNDS, alone, through, through / alone);
    assertThat(through / alone).isGreaterThan(0.5);
  }

  private static HttpRequest direct(URI ollama, int promptTokens) throws Exception {
    Map<String, ?> body =
        Map.of(
            "model",
            "tiny",
            "messages",
            List.of(Map.of("role", "user", "content", "a".repeat(promptTokens - 3) + "?")),
            "options",
            Map.of("num_ctx", CONTEXT_TOKENS, "num_predict", TOKENS));
    return HttpRequest.newBuilder(ollama.resolve("/api/chat"))
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build();
  }

  private static HttpRequest query(ServiceProcess service) {
    return HttpRequest.newBuilder(URI.create(service.url() + "/query"))
        .header("Content-Type", "application/json")
        .header("Accept", "text/event-stream")
        .POST(
            BodyPublishers.ofString(
                JSON.createObjectNode().put("question", ENDLESS).put("mode", "chat").toString()))
        .build();
  }

  /**
   * Tokens a second.
   *
   * @param all what stands in the reply when it has all tokens
   */
  private static double rate(HttpRequest request, String all) throws Exception {
    boolean complete = false;
    long begin = System.nanoTime();
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader reader = lines(client, request)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        complete |= line.contains(all);
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertThat(complete).as(all).isTrue();
    return TOKENS / seconds;
  }

  private static BufferedReader lines(HttpClient client, HttpRequest request) throws Exception {
    return new BufferedReader(
        new InputStreamReader(
            client.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
  }

  private static void breakOff(ServiceProcess service, RealServer ollama) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader events = lines(client, query(service))) {
      awaitEvent(events, "text");
      long killed = System.nanoTime();
      ollama.kill();
      JsonNode failed = JSON.readTree(awaitEvent(events, "failed"));
      System.out.printf("killed: failed after %.0f ms%n", (System.nanoTime() - killed) / 1e6);
      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(FAILS_WITHIN);
      assertThat(failed.at("/code").asText()).isEqualTo("model-failed");
    }
    JsonNode quoted = service.ask(QUESTION, "answer");
    assertThat(quoted.at("/generator/backend").asText()).isEqualTo("extractive");
    assertThat(quoted.at("/warnings").findValuesAsText("code")).contains("model-unreachable");
  }

  /** The data of the next event of this name. */
  private static String awaitEvent(BufferedReader events, String name) throws Exception {
    String event = "";
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (line.startsWith("event:")) {
        event = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:") && event.equals(name)) {
        return line.substring("data:".length()).strip();
      }
    }
    throw new AssertionError("the stream ended without " + name);
  }
}
