package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.ollama.FakeEmbeddings;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.generators.testing.SilentPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with an embedding model behind Ollama: chosen, gone, and back. */
@Tag("long")
@Timeout(1_800)
class EmbeddingServerIT {
  private static final String QUESTION = "How often does the cooling pump need oil?";
  private static final Duration PATIENCE = ServiceProcess.PATIENCE;

  @TempDir Path home;

  private void embedding(String settings) throws IOException {
    Files.writeString(home.resolve("zhiku.yml"), "zhiku: {embedding: " + settings + "}");
  }

  private static String model(JsonNode status) {
    return status.at("/index/embedders").toString();
  }

  @Test
  void another_model_takes_over_in_the_background_and_words_answer_while_it_is_away()
      throws Exception {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(folder.resolve("manual.txt"), "The cooling pump needs oil every month.");
    embedding("{backend: onnx}");
    try (ServiceProcess service = ServiceProcess.start(home)) {
      JsonNode status = service.awaitStatus(PATIENCE, s -> s.at("/files/indexed").asInt() == 1);
      assertThat(model(status)).contains("bge-small-en");
    }
    FakeModelServer server = FakeModelServer.start(new FakeEmbeddings());
    embedding("{backend: ollama, ollama: {base-url: \"" + server.uri() + "\"}}");
    try (ServiceProcess service = ServiceProcess.start(home)) {
      JsonNode first = service.ask(QUESTION, "passages");
      assertThat(first.at("/passages/0/text").asText()).contains("every month");
      assertThat(first.at("/warnings").findValuesAsText("code"))
          .doesNotContain("language-unsearched", "embedder-away");
      service.awaitStatus(PATIENCE, s -> model(s).contains("bge-m3"));

      SilentPort port = server.goAway();
      JsonNode away = service.ask(QUESTION, "passages");
      assertThat(away.at("/passages/0/text").asText()).contains("every month");
      assertThat(away.at("/warnings").findValuesAsText("code")).contains("embedder-away");
      assertThat(service.get("/health/ready").body().toString()).contains("embedder");
      Files.writeString(folder.resolve("new.txt"), "The fan needs no oil at all.");
      service.awaitStatus(PATIENCE, s -> s.at("/files/pending").asInt() == 1);
      assertThat(service.get("/status").body().at("/warnings/0/code").asText())
          .isEqualTo("embedder-away");

      try (port;
          FakeModelServer back = FakeModelServer.listen(port.number(), new FakeEmbeddings())) {
        service.awaitStatus(PATIENCE, s -> s.at("/files/indexed").asInt() == 2);
        assertThat(back.requests("/api/embed")).isNotEmpty();
      }
    }
    try (ServiceProcess service = ServiceProcess.start(home)) {
      assertThat(service.ask(QUESTION, "passages").at("/warnings").findValuesAsText("code"))
          .as("started without the server, which was asked before")
          .contains("embedder-away");
    }
  }

  @Test
  void a_start_that_cannot_know_its_vectors_says_what_to_do() throws Exception {
    Files.createDirectories(home.resolve("knowledge"));
    embedding("{backend: ollama, ollama: {base-url: \"http://127.0.0.1:9\"}}");
    ServiceProcess.Ended ended = ServiceProcess.run(home, "serve", "--port", "0");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("embedder-away", "http://127.0.0.1:9");
  }
}
