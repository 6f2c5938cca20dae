package dev.zhiku.api.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.api.answer.ChatBackend;
import dev.zhiku.api.answer.ChatBackend.Health;
import dev.zhiku.api.answer.GeneratorConfig;
import dev.zhiku.api.backend.server.FakeModelServer;
import dev.zhiku.api.backend.server.ModelServerContract;
import dev.zhiku.api.backend.server.Timeouts;
import dev.zhiku.api.egress.OutboundClients;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Against a server that speaks as Ollama 0.12 does (docs/api.md). */
class OllamaBackendTest extends ModelServerContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Timeouts TIMEOUTS = new Timeouts(PATIENCE, PATIENCE);
  private String capabilities = "[\"completion\",\"thinking\"]";

  @Override
  protected ChatBackend open(URI server, Timeouts timeouts) {
    return OllamaBackend.open(
        new GeneratorConfig.Ollama(server, "deepseek-r1:7b", 4_096, Duration.ofMinutes(30), 2),
        timeouts,
        OutboundClients.toModelServer());
  }

  @Override
  protected Wire wire() {
    return new OllamaWire();
  }

  private final class OllamaWire implements Wire {
    @Override
    public String streamType() {
      return "application/x-ndjson";
    }

    @Override
    public String content(String part) {
      return message("\"content\":" + quoted(part));
    }

    @Override
    public String reasoning(String part) {
      return message("\"content\":\"\",\"thinking\":" + quoted(part));
    }

    private String message(String fields) {
      return "{\"model\":\"deepseek-r1:7b\",\"created_at\":\"2026-11-20T08:00:00Z\",\"message\":{\"role\":\"assistant\","
          + fields
          + "},\"done\":false}\n";
    }

    @Override
    public String done(String finish, int promptTokens, int completionTokens) {
      return "{\"model\":\"deepseek-r1:7b\",\"created_at\":\"2026-11-20T08:00:00Z\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
          + "\"done_reason\":\""
          + finish
          + "\",\"done\":true,\"total_duration\":1,\"load_duration\":1,\"prompt_eval_count\":"
          + promptTokens
          + ",\"prompt_eval_duration\":1,\"eval_count\":"
          + completionTokens
          + ",\"eval_duration\":1}\n";
    }

    @Override
    public String error(String message) {
      return "{\"error\":" + quoted(message) + "}\n";
    }

    @Override
    public String raw(String data) {
      return data + "\n";
    }

    @Override
    public String comment() {
      return "\n";
    }

    @Override
    public boolean isChat(FakeModelServer.Request request) {
      return request.path().equals("/api/chat") && !request.body().contains("\"messages\":[]");
    }

    @Override
    public void around(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
        throws IOException {
      switch (request.path()) {
        case "/api/show" ->
            exchange.json(
                "{\"details\":{\"family\":\"qwen2\"},\"model_info\":{\"general.architecture\":\"qwen2\","
                    + "\"qwen2.context_length\":131072,\"tokenizer.ggml.merges\":null},\"capabilities\":"
                    + capabilities
                    + "}");
        case "/api/chat" ->
            exchange.json("{\"model\":\"deepseek-r1:7b\",\"done\":true,\"done_reason\":\"load\"}");
        default -> exchange.reply(404, "text/plain", "404 page not found");
      }
    }
  }

  private static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  @Test
  void the_context_is_set_with_each_question_and_the_model_kept_loaded() throws Exception {
    FakeModelServer server = answering(wire().content("x"), wire().done("stop", 1, 1));

    backend(server, TIMEOUTS).generate(answerable(), piece -> {});

    JsonNode sent = JSON.readTree(chats(server).getLast().body());
    assertThat(sent.at("/model").asText()).isEqualTo("deepseek-r1:7b");
    assertThat(sent.at("/options/num_ctx").asInt()).isEqualTo(4_096);
    assertThat(sent.at("/options/num_predict").asInt()).isEqualTo(1_024);
    assertThat(sent.at("/keep_alive").asInt()).isEqualTo(1_800);
    assertThat(sent.at("/think").isBoolean()).isTrue();
    assertThat(sent.at("/think").asBoolean()).isFalse();
    assertThat(sent.at("/messages/0/role").asText()).isEqualTo("system");
    assertThat(sent.at("/messages/1/content").asText()).contains("<passage number=\"1\"");
  }

  @Test
  void a_model_that_cannot_think_is_not_asked_whether_to() throws Exception {
    capabilities = "[\"completion\"]";
    FakeModelServer server = answering(wire().content("x"), wire().done("stop", 1, 1));

    backend(server, TIMEOUTS).generate(answerable(), piece -> {});

    assertThat(JSON.readTree(chats(server).getLast().body()).has("think")).isFalse();
  }

  @Test
  void the_model_is_loaded_before_the_first_question() throws Exception {
    FakeModelServer server = answering(wire().content("x"), wire().done("stop", 1, 1));
    backend(server, TIMEOUTS);
    long limit = System.nanoTime() + PATIENCE.toNanos();

    while (server.requests("/api/chat").isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.sleep(10);
    }

    JsonNode sent = JSON.readTree(server.requests("/api/chat").getFirst().body());
    assertThat(sent.at("/messages").size()).isZero();
    assertThat(sent.at("/options/num_ctx").asInt()).isEqualTo(4_096);
  }

  @Test
  void a_model_that_is_not_there_is_named_with_the_command_that_loads_it() throws Exception {
    FakeModelServer server =
        FakeModelServer.start(
            (request, exchange) ->
                exchange.reply(404, "application/json", "{\"error\":\"model not found\"}"));
    try (server;
        ChatBackend backend = open(server.uri(), TIMEOUTS)) {
      assertThat(awaited(backend)).contains("ollama pull deepseek-r1:7b");
    }
  }

  @Test
  void a_remote_server_that_refuses_is_explained() throws Exception {
    try (ChatBackend backend = open(URI.create("http://192.0.2.1:11434"), TIMEOUTS)) {
      assertThat(awaited(backend)).contains("OLLAMA_HOST");
    }
  }

  private static String awaited(ChatBackend backend) throws InterruptedException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      if (backend.health() instanceof Health.Away(var detail)
          && !detail.english().contains("being looked for")) {
        return detail.english();
      }
      assertThat(System.nanoTime()).as("%s", backend.health()).isLessThan(limit);
      Thread.sleep(10);
    }
  }
}
