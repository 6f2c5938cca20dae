package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.llamacpp.TinyModelFile;
import dev.zhiku.generators.testing.PromisedTime;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole service with a model in a child process, which is killed in the middle of an answer.
 */
@Tag("long")
@Timeout(900)
class NativeModelIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION = "How often does the cooling pump need oil!";
  private static final String ENDLESS = "How often does the cooling pump need oil?";
  private static final Duration REST = ServiceProcess.PATIENCE;
  private static final Duration FAILS_WITHIN = Duration.ofSeconds(2);

  @TempDir Path home;

  @Test
  @Tag("promise")
  void a_child_that_aborts_in_mid_stream_fails_that_answer_and_the_next_one_is_written()
      throws Exception {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(folder.resolve("manual.txt"), "The cooling pump needs oil every month.");
    Path model = home.resolve("tiny.gguf");
    Files.writeString(
        home.resolve("zhiku.yml"),
        "zhiku: {generator: {backend: native, max-answer-tokens: 8000, native: {model-path: tiny.gguf, context-tokens: 20000}}}");

    try (ServiceProcess service = ServiceProcess.start(home)) {
      JsonNode missing =
          service.awaitStatus(
              REST,
              s ->
                  s.at("/files/indexed").asInt() == 1
                      && s.at("/generator").toString().contains("There is no model file"));
      assertThat(missing.at("/generator/ready").asBoolean()).isFalse();
      JsonNode quoted = service.ask(QUESTION, "answer");
      assertThat(quoted.at("/generator/backend").asText()).isEqualTo("extractive");
      assertThat(quoted.at("/warnings").findValuesAsText("code")).contains("model-missing");

      TinyModelFile.write(model);
      awaitReady(service);
      JsonNode written = service.ask(QUESTION, "answer");
      assertThat(written.at("/unsupported_answer").asText()).contains("YES");
      assertThat(written.at("/warnings").findValuesAsText("code")).contains("model-unsupported");
      assertThat(written.at("/generator/backend").asText()).isEqualTo("extractive");

      killInMidStream(service);

      awaitReady(service);
      JsonNode next = service.ask(QUESTION, "answer");
      assertThat(next.at("/unsupported_answer").asText()).contains("YES");
    }
  }

  private static void awaitReady(ServiceProcess service) {
    service.awaitStatus(REST, s -> s.at("/generator/ready").asBoolean());
  }

  /** Of the model alone, whose words are told as they come. */
  private static void killInMidStream(ServiceProcess service) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.url() + "/query"))
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(
                BodyPublishers.ofString(
                    JSON.createObjectNode()
                        .put("question", ENDLESS)
                        .put("mode", "chat")
                        .toString()))
            .build();
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader events =
            new BufferedReader(
                new InputStreamReader(
                    client.send(request, BodyHandlers.ofInputStream()).body(),
                    StandardCharsets.UTF_8))) {
      awaitEvent(events, "text");
      ProcessHandle child = modelChild(service);
      new ProcessBuilder("kill", "-ABRT", Long.toString(child.pid())).start().waitFor();
      PromisedTime killed = PromisedTime.start();
      String failed = awaitEvent(events, "failed");
      killed.require("failure of the answer", FAILS_WITHIN);
      assertThat(JSON.readTree(failed).at("/code").asText()).isEqualTo("model-failed");
      assertThat(service.isAlive()).isTrue();
    }
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

  private static ProcessHandle modelChild(ServiceProcess service) {
    return ProcessHandle.of(service.processId())
        .orElseThrow()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("ModelMain"))
        .findFirst()
        .orElseThrow();
  }
}
