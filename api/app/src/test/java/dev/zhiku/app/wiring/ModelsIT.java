package dev.zhiku.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TypedCommand;
import dev.zhiku.generators.library.FakeHub;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.generators.testing.SilentPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of an administrator, as they are typed, against the whole service. */
@Tag("long")
class ModelsIT {
  private static final String QUESTION = "How often does the cooling pump need oil?";
  private static final Duration REST = ServiceProcess.PATIENCE;
  private static final byte[] MODEL = FakeHub.gguf(20261121, 300_000);

  @TempDir private Path home;

  private static void ollama(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
      throws IOException {
    switch (request.path()) {
      case "/api/tags" ->
          exchange.json("{\"models\":[{\"name\":\"deepseek-r1:7b\",\"size\":4683075271}]}");
      case "/api/show" -> exchange.json("{\"model_info\":{\"qwen2.context_length\":131072}}");
      default -> {
        if (request.body().contains("\"messages\":[]")) {
          exchange.json("{\"done\":true}");
        } else {
          exchange.stream("application/x-ndjson");
          exchange.chunk("{\"message\":{\"content\":\"Every month [1].\"},\"done\":false}\n");
          exchange.chunk(
              "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}\n");
          exchange.end();
        }
      }
    }
  }

  private String done(String... arguments) {
    Ended ended = TypedCommand.run(home, arguments);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  @Test
  void a_model_is_fetched_used_at_once_and_after_a_restart_and_gone_back_from() throws IOException {
    Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(
        home.resolve("knowledge/manual.txt"), "The cooling pump needs oil every month.");
    try (FakeModelServer model = FakeModelServer.start(ModelsIT::ollama);
        FakeHub hub = FakeHub.serving(MODEL)) {
      hub.cuts.set(1);
      Files.writeString(
          home.resolve("zhiku.yml"),
          "zhiku: {generator: {download-hosts: [127.0.0.1], ollama: {base-url: \"%s\"}}}"
              .formatted(model.uri()));
      try (ServiceProcess service = ServiceProcess.start(home)) {
        service.awaitStatus(REST, s -> s.at("/files/indexed").asInt() == 1);
        assertThat(done("model", "list"))
            .contains("answers    by extractive", "deepseek-r1:7b", "4.68 GB", "131072")
            .contains("to pull    deepseek-r1-distill-qwen-1.5b");

        assertThat(done("model", "pull", hub.file().toString())).contains("is there");
        assertThat(done("model", "list")).contains("there      tiny-Q4_K_M.gguf");
        Ended again = TypedCommand.run(home, "model", "pull", hub.file().toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output()).contains("model-exists");

        assertThat(done("model", "use", "deepseek-r1:7b"))
            .contains("answers    by ollama (deepseek-r1:7b)");
        requireWritten(service);
      }
      try (ServiceProcess service = ServiceProcess.start(home)) {
        requireWritten(service);
        assertThat(TypedCommand.run(home, "model", "remove", "deepseek-r1:7b").output())
            .contains("model-in-use");

        assertThat(done("model", "use", "--previous")).contains("answers    by extractive");

        assertThat(service.ask(QUESTION, "answer").at("/generator/ai_generated").asBoolean())
            .isFalse();
        assertThat(done("model", "remove", "tiny-Q4_K_M.gguf")).contains("removed");
        assertThat(home.resolve("data/models")).isEmptyDirectory();
      }
    }
  }

  private static void requireWritten(ServiceProcess service) throws IOException {
    service.awaitStatus(REST, s -> s.at("/generator/ready").asBoolean());
    JsonNode answer = service.ask(QUESTION, "answer");
    assertThat(answer.at("/answer").asText()).isEqualTo("Every month [1].");
    assertThat(answer.at("/generator/model").asText()).isEqualTo("deepseek-r1:7b");
  }

  @Test
  void without_a_service_or_a_name_the_way_out_is_said() throws IOException {
    try (SilentPort silent = SilentPort.any()) {
      Ended nobody =
          TypedCommand.run(home, "model", "list", "--port", Integer.toString(silent.number()));
      assertThat(nobody.exitCode()).isEqualTo(1);
      assertThat(nobody.output()).contains("no-service", "./zhiku serve");
    }
    Ended nameless = TypedCommand.run(home, "model", "use");
    assertThat(nameless.exitCode()).isEqualTo(2);
    assertThat(nameless.output()).contains("./zhiku model list");
  }
}
