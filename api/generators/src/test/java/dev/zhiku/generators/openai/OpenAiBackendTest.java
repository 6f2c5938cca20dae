package dev.zhiku.generators.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.generators.server.ModelServerContract;
import dev.zhiku.generators.server.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that speaks as vLLM, llama.cpp and DeepSeek do. */
class OpenAiBackendTest extends ModelServerContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Timeouts TIMEOUTS = new Timeouts(PATIENCE, PATIENCE);
  private static final String OF_LLAMA_CPP =
      "{\"id\":\"deepseek\",\"aliases\":[\"deepseek\",\"r1\"],\"tags\":[],\"object\":\"model\",\"created\":1,\"owned_by\":\"llamacpp\","
          + "\"meta\":{\"vocab_type\":1,\"n_vocab\":152064,\"n_ctx\":2048,\"n_ctx_train\":131072,\"n_embd\":3584}}";
  private String reasoningField = "reasoning_content";
  private String model = "{\"id\":\"deepseek\",\"object\":\"model\",\"max_model_len\":4096}";

  @Override
  protected ChatBackend open(URI server, Timeouts timeouts) {
    return open(server, "/v1", Optional.empty(), timeouts);
  }

  private static ChatBackend open(
      URI server, String path, Optional<String> model, Timeouts timeouts) {
    return OpenAiBackend.open(
        new GeneratorConfig.OpenAi(server.resolve(path), model, Optional.empty(), 8_192, 8),
        PromptForm.AUTO,
        Optional.of("sk-local"),
        timeouts,
        OutboundClients.toModelServer());
  }

  @Override
  protected Wire wire() {
    return new OpenAiWire();
  }

  private final class OpenAiWire implements Wire {
    @Override
    public String streamType() {
      return "text/event-stream";
    }

    @Override
    public String content(String part) {
      return delta("\"content\":" + quoted(part), "null");
    }

    @Override
    public String reasoning(String part) {
      return delta("\"content\":null,\"" + reasoningField + "\":" + quoted(part), "null");
    }

    private String delta(String fields, String finish) {
      return raw(
          "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"deepseek\",\"choices\":"
              + "[{\"index\":0,\"delta\":{"
              + fields
              + "},\"finish_reason\":"
              + finish
              + "}]}");
    }

    @Override
    public String done(String finish, int promptTokens, int completionTokens) {
      return delta("", quoted(finish))
          + raw(
              "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"deepseek\",\"choices\":[],"
                  + "\"usage\":{\"prompt_tokens\":"
                  + promptTokens
                  + ",\"completion_tokens\":"
                  + completionTokens
                  + ",\"total_tokens\":"
                  + (promptTokens + completionTokens)
                  + "}}")
          + raw("[DONE]");
    }

    @Override
    public String error(String message) {
      return raw(
          "{\"error\":{\"message\":"
              + quoted(message)
              + ",\"type\":\"server_error\",\"code\":500}}");
    }

    @Override
    public String tooLong() {
      return "{\"error\":{\"code\":400,\"message\":\"request (9000 tokens) exceeds the available"
          + " context size (4096 tokens), try increasing it\","
          + "\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":9000,\"n_ctx\":4096}}";
    }

    @Override
    public String raw(String data) {
      return "data: " + data + "\n\n";
    }

    @Override
    public String comment() {
      return ": keep-alive\n\n";
    }

    @Override
    public boolean isChat(FakeModelServer.Request request) {
      return request.path().equals("/v1/chat/completions");
    }

    @Override
    public void around(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
        throws IOException {
      if (request.path().equals("/v1/models")) {
        exchange.json("{\"object\":\"list\",\"data\":[" + model + "]}");
      } else {
        exchange.reply(404, "application/json", "{\"detail\":\"Not Found\"}");
      }
    }
  }

  private static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  @Test
  void reasoning_is_read_under_its_newer_name_too() throws Exception {
    reasoningField = "reasoning";
    List<Piece> pieces = new ArrayList<>();

    backend(
            answering(
                wire().reasoning("Let me look."),
                wire().content("Fifteen"),
                wire().done("stop", 1, 1)),
            TIMEOUTS)
        .generate(answerable(), pieces::add);

    assertThat(pieces)
        .containsExactly(new Piece.Reasoning("Let me look."), new Piece.Text("Fifteen"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/v1/", "", "/", "/v1/chat/completions"})
  void the_address_may_be_given_with_more_or_less_of_the_route(String path) throws Exception {
    FakeModelServer server = answering(wire().content("x"), wire().done("stop", 1, 1));
    try (ChatBackend backend = open(server.uri(), path, Optional.empty(), TIMEOUTS)) {
      awaitReady(backend);

      backend.generate(answerable(), piece -> {});
    }

    assertThat(chats(server)).hasSize(1);
  }

  @Test
  void the_request_carries_key_model_limits_and_the_wish_for_counts() throws Exception {
    FakeModelServer server = answering(wire().content("x"), wire().done("stop", 1, 1));

    backend(server, TIMEOUTS).generate(answerable(), piece -> {});

    FakeModelServer.Request request = chats(server).getLast();
    assertThat(request.authorization()).isEqualTo("Bearer sk-local");
    JsonNode sent = JSON.readTree(request.body());
    assertThat(sent.at("/model").asText()).isEqualTo("deepseek");
    assertThat(sent.at("/stream").asBoolean()).isTrue();
    assertThat(sent.at("/stream_options/include_usage").asBoolean()).isTrue();
    assertThat(sent.at("/max_tokens").asInt()).isEqualTo(1_024);
    assertThat(sent.at("/chat_template_kwargs/enable_thinking").isBoolean()).isTrue();
  }

  @Test
  void penalties_reach_the_server() throws Exception {
    JsonNode sent = sentWithPenalties();

    assertThat(sent.at("/frequency_penalty").asDouble()).isEqualTo(0.5);
    assertThat(sent.at("/presence_penalty").asDouble()).isEqualTo(-0.5);
  }

  @Test
  void the_context_is_the_smaller_of_what_is_configured_and_what_the_server_says()
      throws Exception {
    ChatBackend backend =
        backend(answering(wire().content("x"), wire().done("stop", 1, 1)), TIMEOUTS);

    assertThat(backend.model().contextTokens()).isEqualTo(4_096);
    assertThat(backend.model().name()).contains("deepseek");
  }

  @Test
  void the_context_of_one_slot_of_llama_cpp_is_what_a_question_may_have() throws Exception {
    model = OF_LLAMA_CPP;

    ChatBackend backend =
        backend(answering(wire().content("x"), wire().done("stop", 1, 1)), TIMEOUTS);

    assertThat(backend.model().contextTokens()).isEqualTo(2_048);
  }

  @Test
  void a_model_may_be_asked_for_by_a_further_name() throws Exception {
    model = OF_LLAMA_CPP;
    FakeModelServer server = answering(wire().content("x"), wire().done("stop", 1, 1));
    try (ChatBackend backend = open(server.uri(), "/v1", Optional.of("r1"), TIMEOUTS)) {
      awaitReady(backend);

      assertThat(backend.model().contextTokens()).isEqualTo(2_048);
    }
  }

  @Test
  void a_server_that_still_loads_its_model_is_away_and_says_why() throws Exception {
    try (FakeModelServer server =
            FakeModelServer.start(
                (request, exchange) ->
                    exchange.reply(
                        503,
                        "application/json; charset=utf-8",
                        "{\"error\":{\"message\":\"Loading"
                            + " model\",\"type\":\"unavailable_error\",\"code\":503}}"));
        ChatBackend backend = open(server.uri(), TIMEOUTS)) {
      long limit = System.nanoTime() + PATIENCE.toNanos();
      while (!backend.health().toString().contains("answered 503: Loading model")) {
        assertThat(System.nanoTime()).as("%s", backend.health()).isLessThan(limit);
        Thread.sleep(10);
      }
    }
  }

  @Test
  void a_model_that_the_server_does_not_have_is_named_with_those_it_has() throws Exception {
    FakeModelServer server = answering(wire().content("x"), wire().done("stop", 1, 1));
    try (ChatBackend backend = open(server.uri(), "/v1", Optional.of("deepseek-r2"), TIMEOUTS)) {
      long limit = System.nanoTime() + PATIENCE.toNanos();
      while (!backend.health().toString().contains("it has deepseek.")) {
        assertThat(System.nanoTime()).as("%s", backend.health()).isLessThan(limit);
        Thread.sleep(10);
      }
    }
  }

  @Test
  void a_server_that_is_known_to_be_there_may_take_longer_to_name_its_models() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(this::nameModelsLate);
        ChatBackend backend =
            OpenAiBackend.open(
                new GeneratorConfig.OpenAi(
                    server.uri().resolve("/v1"),
                    Optional.of("deepseek"),
                    Optional.empty(),
                    8_192,
                    1),
                PromptForm.AUTO,
                Optional.empty(),
                TIMEOUTS,
                PATIENCE,
                OutboundClients.toModelServer())) {
      awaitReady(backend);
    }
  }

  /** Behind the patience with a server that others run. */
  private void nameModelsLate(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
      throws IOException {
    try {
      Thread.sleep(OpenAiModel.PATIENCE.plusSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.json("{\"data\":[" + model + "]}");
  }
}
