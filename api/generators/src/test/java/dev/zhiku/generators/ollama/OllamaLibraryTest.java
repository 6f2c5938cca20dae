package dev.zhiku.generators.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.library.InstalledModel;
import dev.zhiku.generators.library.PullProgress;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.generators.server.FakeModelServer.Exchange;
import dev.zhiku.generators.server.FakeModelServer.Request;
import dev.zhiku.generators.testing.SilentPort;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class OllamaLibraryTest {
  private static final String TAGS =
      """
      {"models":[{"name":"deepseek-r1:7b","model":"deepseek-r1:7b","size":4683075271,\
      "digest":"0a8c266910232fd3291e71e5ba1e058cc5af9d411192cf88b6d30e92b6e73163",\
      "details":{"format":"gguf","family":"qwen2","parameter_size":"7.6B","quantization_level":"Q4_K_M"}},\
      {"name":"bge-m3:latest","size":1157672605,"details":{}}]}""";

  private final PullProgress progress = new PullProgress();

  private static OllamaLibrary at(URI address) {
    return new OllamaLibrary(() -> address, OutboundClients::toModelServer);
  }

  private static void answer(Request request, Exchange exchange) throws IOException {
    switch (request.path()) {
      case "/api/tags" -> exchange.json(TAGS);
      case "/api/show" -> {
        if (request.body().contains("deepseek")) {
          exchange.json(
              "{\"model_info\":{\"qwen2.context_length\":131072},\"capabilities\":[\"completion\",\"thinking\"]}");
        } else {
          exchange.reply(404, "application/json", "{\"error\":\"model not found\"}");
        }
      }
      case "/api/delete" -> {
        boolean known = request.body().contains("deepseek-r1:7b");
        exchange.reply(known ? 200 : 404, "application/json", known ? "" : "{\"error\":\"no\"}");
      }
      default -> exchange.reply(500, "application/json", "{\"error\":\"not asked for\"}");
    }
  }

  @Test
  void every_model_is_listed_with_what_the_server_says_of_it() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(OllamaLibraryTest::answer)) {
      List<InstalledModel> models = at(server.uri()).list();

      assertThat(models)
          .extracting(InstalledModel::name)
          .containsExactly("deepseek-r1:7b", "bge-m3:latest");
      InstalledModel first = models.getFirst();
      assertThat(first.bytes()).isEqualTo(4_683_075_271L);
      assertThat(first.parameters()).contains("7.6B");
      assertThat(first.quantization()).contains("Q4_K_M");
      assertThat(first.contextTokens()).hasValue(131_072);
      assertThat(first.capabilities()).containsExactly("completion", "thinking");
      assertThat(models.getLast().contextTokens()).isEmpty();
    }
  }

  @Test
  void a_service_like_this_one_has_no_models_for_it() throws Exception {
    String own =
        "{\"models\":[{\"name\":\"zhiku:latest\",\"size\":0,\"details\":{\"family\":\"zhiku\"}}]}";
    try (FakeModelServer server =
        FakeModelServer.start((request, exchange) -> exchange.json(own))) {
      assertThat(at(server.uri()).list()).isEmpty();
      assertThat(at(server.uri()).find("zhiku")).isEmpty();
    }
  }

  @Test
  void a_name_without_its_tag_is_found_as_the_server_does() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(OllamaLibraryTest::answer)) {
      assertThat(at(server.uri()).find("bge-m3")).isPresent();
      assertThat(at(server.uri()).find("BGE-M3")).isPresent();
      assertThat(at(server.uri()).find("deepseek-r1")).isEmpty();
    }
  }

  @Test
  void a_model_is_deleted_by_its_name() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(OllamaLibraryTest::answer)) {
      assertThat(at(server.uri()).remove("deepseek-r1:7b")).isTrue();
      assertThat(at(server.uri()).remove("nobody")).isFalse();
      assertThat(server.requests("/api/delete").getFirst().method()).isEqualTo("DELETE");
    }
  }

  @Test
  void a_pull_adds_up_the_bytes_of_its_layers() throws Exception {
    try (FakeModelServer server =
        FakeModelServer.start(
            (request, exchange) -> {
              exchange.stream("application/x-ndjson");
              exchange.chunk("{\"status\":\"pulling manifest\"}\n");
              exchange.chunk("{\"status\":\"pulling a\",\"digest\":\"sha256:a\",\"total\":90}\n");
              exchange.chunk(
                  "{\"status\":\"pulling a\",\"digest\":\"sha256:a\",\"total\":90,\"completed\":80}\n");
              exchange.chunk(
                  "{\"status\":\"pulling b\",\"digest\":\"sha256:b\",\"total\":10,\"completed\":10}\n");
              exchange.chunk("{\"status\":\"verifying sha256 digest\"}\n");
              exchange.chunk("{\"status\":\"writing manifest\"}\n");
              exchange.chunk("{\"status\":\"success\"}\n");
              exchange.end();
            })) {
      at(server.uri()).pull("deepseek-r1:7b", progress);

      assertThat(progress.state())
          .isEqualTo(new PullProgress.State(PullProgress.Phase.VERIFYING, 100, 100));
      assertThat(server.requests("/api/pull").getFirst().body())
          .contains("\"model\":\"deepseek-r1:7b\"", "\"stream\":true");
    }
  }

  @Test
  void what_the_server_reports_in_the_middle_is_why_a_pull_failed() throws Exception {
    try (FakeModelServer server =
        FakeModelServer.start(
            (request, exchange) -> {
              exchange.stream("application/x-ndjson");
              exchange.chunk("{\"status\":\"pulling manifest\"}\n");
              exchange.chunk("{\"error\":\"pull model manifest: file does not exist\"}\n");
              exchange.end();
            })) {
      ChatException failure =
          catchThrowableOfType(
              ChatException.class, () -> at(server.uri()).pull("nobody:1b", progress));

      assertThat(failure).hasMessageContaining("file does not exist");
    }
  }

  @Test
  void a_pull_that_ends_without_success_has_failed() throws Exception {
    try (FakeModelServer server =
        FakeModelServer.start(
            (request, exchange) -> {
              exchange.stream("application/x-ndjson");
              exchange.chunk("{\"status\":\"pulling manifest\"}\n");
              exchange.end();
            })) {
      assertThatThrownBy(() -> at(server.uri()).pull("a:1b", progress))
          .isInstanceOf(ChatException.Broken.class)
          .hasMessageContaining("ended before the model was there");
    }
  }

  @Test
  void who_is_stopped_closes_the_connection_so_that_the_server_stops_too() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (FakeModelServer server =
        FakeModelServer.start(
            (request, exchange) -> {
              exchange.stream("application/x-ndjson");
              exchange.chunk("{\"status\":\"pulling manifest\"}\n");
              begun.countDown();
              exchange.hang(gone);
            })) {
      CountDownLatch stopped = new CountDownLatch(1);
      Thread puller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      at(server.uri()).pull("a:1b", progress);
                    } catch (InterruptedException e) {
                      stopped.countDown();
                    }
                  });
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      puller.interrupt();

      assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_server_that_is_away_is_told_with_its_address() throws Exception {
    try (SilentPort nobody = SilentPort.any()) {
      URI address = URI.create("http://127.0.0.1:" + nobody.number());

      assertThatThrownBy(() -> at(address).list())
          .isInstanceOf(ChatException.Unreachable.class)
          .hasMessageContaining(address.toString());
    }
  }
}
