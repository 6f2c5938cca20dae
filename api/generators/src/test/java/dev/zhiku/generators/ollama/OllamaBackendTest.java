package dev.zhiku.generators.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatBackend.Health;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.generators.server.ModelServer;
import dev.zhiku.generators.server.ModelServerContract;
import dev.zhiku.generators.server.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Against a server that speaks as Ollama 0.17 does (server/routes.go, api/types.go). */
class OllamaBackendTest extends ModelServerContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Timeouts TIMEOUTS = new Timeouts(PATIENCE, PATIENCE);
  private String remote = "";
  private String capabilities = "[\"completion\",\"thinking\"]";
  private int trainedContext = 131_072;

  @Override
  protected ChatBackend open(URI server, Timeouts timeouts) {
    return OllamaBackend.open(
        config(server, Duration.ofMinutes(30)),
        PromptForm.AUTO,
        timeouts,
        OutboundClients.toModelServer());
  }

  private static GeneratorConfig.Ollama config(URI server, Duration keepAlive) {
    return new GeneratorConfig.Ollama(server, "deepseek-r1:7b", 4_096, keepAlive, 2, List.of());
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
    public String tooLong() {
      return "{\"error\":\"the input length exceeds the context length\"}";
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
                "{"
                    + remote
                    + "\"details\":{\"family\":\"qwen2\"},\"model_info\":{\"general.architecture\":\"qwen2\","
                    + "\"qwen2.context_length\":"
                    + trainedContext
                    + ",\"tokenizer.ggml.merges\":null},\"capabilities\":"
                    + capabilities
                    + "}");
        case "/api/chat" ->
            exchange.json(
                "{\"model\":\"deepseek-r1:7b\",\"created_at\":\"2026-11-20T08:00:00Z\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
                    + "\"done_reason\":\"load\",\"done\":true}");
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
    assertThat(sent.at("/messages").size()).isEqualTo(1);
    assertThat(sent.at("/messages/0/role").asText()).isEqualTo("user");
    assertThat(sent.at("/messages/0/content").asText()).contains("[webpage 1 begin]");
  }

  @Test
  void what_does_not_fit_is_to_be_refused_and_neither_cut_nor_shifted_out() throws Exception {
    FakeModelServer server = answering(wire().content("x"), wire().done("stop", 1, 1));

    backend(server, TIMEOUTS).generate(answerable(), piece -> {});

    JsonNode sent = JSON.readTree(chats(server).getLast().body());
    assertThat(sent.at("/truncate").isBoolean()).isTrue();
    assertThat(sent.at("/truncate").asBoolean()).isFalse();
    assertThat(sent.at("/shift").isBoolean()).isTrue();
    assertThat(sent.at("/shift").asBoolean()).isFalse();
  }

  @Test
  void penalties_stand_among_the_options() throws Exception {
    JsonNode sent = sentWithPenalties();

    assertThat(sent.at("/options/frequency_penalty").asDouble()).isEqualTo(0.5);
    assertThat(sent.at("/options/presence_penalty").asDouble()).isEqualTo(-0.5);
    assertThat(sent.at("/options/num_ctx").asInt()).isEqualTo(4_096);
  }

  /** Ollama ends the stream of a model that repeats itself as if it were done, and says nothing. */
  @Test
  void a_stream_without_its_last_line_is_explained() throws Exception {
    String[] same = new String[31];
    Arrays.fill(same, wire().content("very "));
    ChatBackend backend = backend(answering(same), TIMEOUTS);

    assertThatThrownBy(() -> backend.generate(answerable(), piece -> {}))
        .isInstanceOf(ChatException.Broken.class)
        .hasMessageContaining("more than 30 times");
  }

  @Test
  void a_model_that_is_kept_for_no_time_is_not_loaded_ahead() throws Exception {
    FakeModelServer server = answering(wire().content("x"), wire().done("stop", 1, 1));
    try (ModelServer asked =
        new ModelServer(OutboundClients.toModelServer(), server.uri(), Map.of())) {
      new OllamaModel(asked, config(server.uri(), Duration.ofMillis(900)), PATIENCE).load();
      assertThat(server.requests("/api/chat")).isEmpty();

      new OllamaModel(asked, config(server.uri(), Duration.ofSeconds(1)), PATIENCE).load();
      assertThat(server.requests("/api/chat")).hasSize(1);
    }
  }

  @Test
  void speed_is_measured_with_the_context_that_questions_have() throws Exception {
    FakeModelServer server =
        chatting(
            exchange ->
                exchange.json(
                    "{\"message\":{\"role\":\"assistant\",\"content\":\"one two\"},\"done_reason\":\"length\",\"done\":true,"
                        + "\"eval_count\":64,\"eval_duration\":500000000}"));
    trainedContext = 2_048;

    OptionalDouble speed =
        OllamaSpeed.measure(
            config(server.uri(), Duration.ofMinutes(30)),
            OutboundClients.toModelServer(),
            PATIENCE);

    assertThat(speed).hasValue(128);
    assertThat(JSON.readTree(chats(server).getLast().body()).at("/options/num_ctx").asInt())
        .isEqualTo(2_048);
  }

  @Test
  void a_model_that_the_server_has_run_elsewhere_is_asked_nothing() throws Exception {
    remote = "\"remote_host\":\"https://ollama.com:443\",\"remote_model\":\"gpt-oss:120b\",";
    FakeModelServer server = answering(wire().content("x"), wire().done("stop", 1, 1));

    try (ChatBackend backend = open(server.uri(), TIMEOUTS)) {
      assertThatThrownBy(() -> backend.generate(answerable(), piece -> {}))
          .isInstanceOf(ChatException.Refused.class)
          .hasMessageContaining("zhiku.generator.ollama.cloud-models");
    }
    assertThat(server.requests("/api/chat")).isEmpty();
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
                exchange.reply(
                    404,
                    "application/json; charset=utf-8",
                    "{\"error\":\"model 'deepseek-r1:7b' not found\"}"));
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
