package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.generators.testing.SilentPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with a model behind Ollama: there, gone, and back. */
@Tag("long")
@Timeout(900)
class ModelServerIT {
  private static final String QUESTION = "How often does the cooling pump need oil?";
  private static final Duration REST = ServiceProcess.PATIENCE;

  /** Until the return of a model server is noticed. */
  private static final Duration NOTICED_WITHIN = Duration.ofSeconds(5);

  @TempDir Path home;

  @Test
  @Tag("promise")
  void a_model_writes_the_answer_and_the_documents_are_quoted_while_it_is_away() throws Exception {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(folder.resolve("manual.txt"), "The cooling pump needs oil every month.");
    FakeModelServer model = FakeModelServer.start(ModelServerIT::ollama);
    Files.writeString(
        home.resolve("zhiku.yml"),
        "zhiku: {generator: {backend: ollama, ollama: {base-url: \"http://127.0.0.1:%d\"}}}"
            .formatted(model.port()));

    try (ServiceProcess service = ServiceProcess.start(home)) {
      service.awaitStatus(
          REST, s -> s.at("/files/indexed").asInt() == 1 && s.at("/generator/ready").asBoolean());
      JsonNode written = service.ask(QUESTION, "answer");
      assertThat(written.at("/answer").asText()).isEqualTo("It needs oil every month [1].");
      assertThat(written.at("/generator/ai_generated").asBoolean()).isTrue();
      assertThat(written.at("/citations/0/verified").asBoolean()).isTrue();
      assertThat(written.at("/reasoning").asText()).isEqualTo("Let me look.");

      SilentPort away = model.goAway();
      JsonNode quoted = service.ask(QUESTION, "answer");
      assertThat(quoted.at("/generator/backend").asText()).isEqualTo("extractive");
      assertThat(quoted.at("/warnings").findValuesAsText("code")).contains("model-unreachable");

      try (away;
          FakeModelServer back = FakeModelServer.listen(away.number(), ModelServerIT::ollama)) {
        PromisedTime.await(
            "sign that the server is back",
            NOTICED_WITHIN,
            () -> service.get("/status").body().at("/generator/ready").asBoolean());
        assertThat(service.ask(QUESTION, "answer").at("/generator/ai_generated").asBoolean())
            .isTrue();
        assertThat(back.requests("/api/chat")).isNotEmpty();
      }
    }
  }

  private static void ollama(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
      throws IOException {
    if (request.path().equals("/api/show")) {
      exchange.json(
          "{\"model_info\":{\"qwen2.context_length\":131072},\"capabilities\":[\"thinking\"]}");
    } else if (request.body().contains("\"messages\":[]")) {
      exchange.json("{\"done\":true,\"done_reason\":\"load\"}");
    } else {
      exchange.stream("application/x-ndjson");
      exchange.chunk(
          "{\"message\":{\"content\":\"\",\"thinking\":\"Let me look.\"},\"done\":false}\n");
      exchange.chunk(
          "{\"message\":{\"content\":\"It needs oil every month [1].\"},\"done\":false}\n");
      exchange.chunk(
          "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":90,\"eval_count\":9}\n");
      exchange.end();
    }
  }
}
