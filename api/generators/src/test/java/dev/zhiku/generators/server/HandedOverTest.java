package dev.zhiku.generators.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatBackend.Health;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.Handover;
import dev.zhiku.answering.chat.Handover.Ability;
import dev.zhiku.answering.chat.Handover.Choice;
import dev.zhiku.answering.chat.Handover.Format;
import dev.zhiku.answering.chat.Handover.Tool;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.ollama.OllamaBackend;
import dev.zhiku.generators.openai.OpenAiBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tools and forms of text on their way to servers of either protocol, and calls on theirs back. */
@Timeout(300)
class HandedOverTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Timeouts TIMEOUTS = new Timeouts(PATIENCE, PATIENCE);
  private static final Tool WEATHER =
      new Tool(
          "weather",
          "{\"name\":\"weather\",\"description\":\"Of a city.\",\"parameters\":{\"type\":\"object\","
              + "\"properties\":{\"city\":{\"type\":\"string\",\"pattern\":\"^[A-Z]\"}},"
              + "\"x-ours\":[1]}}");
  private static final String SCHEMA = "{\"type\":\"object\",\"required\":[\"days\"]}";
  private final List<AutoCloseable> opened = new ArrayList<>();
  private String capabilities = "[\"completion\",\"tools\"]";

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  private static Prompt prompt(Handover handover) {
    return new Prompt(
        "Be brief.",
        List.of(),
        "What is the weather in Paris?",
        List.of(),
        false,
        new Prompt.Limits(100, 100, PATIENCE),
        Sampling.DEFAULT,
        handover);
  }

  private static Handover tools(Choice choice, Turn... later) {
    return new Handover(List.of(WEATHER), choice, List.of(later), new Format.Text());
  }

  private static Handover written(Format format) {
    return new Handover(List.of(), new Choice.Auto(), List.of(), format);
  }

  private FakeModelServer openAi(String... deltas) throws IOException {
    return keep(
        FakeModelServer.start(
            (request, exchange) -> {
              if (request.path().equals("/v1/models")) {
                exchange.json("{\"object\":\"list\",\"data\":[{\"id\":\"m\"}]}");
                return;
              }
              exchange.stream("text/event-stream");
              for (String delta : deltas) {
                exchange.chunk(
                    "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                        + "\"model\":\"m\",\"choices\":[{\"index\":0,"
                        + delta
                        + "}]}\n\n");
              }
              exchange.chunk("data: [DONE]\n\n");
              exchange.end();
            }));
  }

  private FakeModelServer ollama(String... messages) throws IOException {
    return keep(
        FakeModelServer.start(
            (request, exchange) -> {
              if (request.path().equals("/api/show")) {
                exchange.json("{\"model_info\":{},\"capabilities\":" + capabilities + "}");
              } else if (request.body().contains("\"messages\":[]")) {
                exchange.json("{\"model\":\"m\",\"done\":true}");
              } else {
                exchange.stream("application/x-ndjson");
                for (String message : messages) {
                  exchange.chunk("{\"model\":\"m\",\"message\":" + message + "}\n");
                }
                exchange.end();
              }
            }));
  }

  private <T extends AutoCloseable> T keep(T one) {
    opened.add(one);
    return one;
  }

  private ChatBackend openAiBackend(FakeModelServer server) throws InterruptedException {
    return ready(
        OpenAiBackend.open(
            new GeneratorConfig.OpenAi(
                server.uri().resolve("/v1"), Optional.empty(), Optional.empty(), 8_192, 1),
            PromptForm.AUTO,
            Optional.empty(),
            TIMEOUTS,
            OutboundClients.toModelServer()));
  }

  private ChatBackend ollamaBackend(FakeModelServer server) throws InterruptedException {
    return ready(
        OllamaBackend.open(
            new GeneratorConfig.Ollama(server.uri(), "m", 4_096, PATIENCE, 1, List.of()),
            PromptForm.AUTO,
            TIMEOUTS,
            OutboundClients.toModelServer()));
  }

  private ChatBackend ready(ChatBackend backend) throws InterruptedException {
    keep(backend);
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!(backend.health() instanceof Health.Ready)) {
      assertThat(System.nanoTime()).as("%s", backend.health()).isLessThan(limit);
      Thread.sleep(10);
    }
    return backend;
  }

  private static JsonNode sent(FakeModelServer server, String path) throws IOException {
    return JSON.readTree(server.requests(path).getLast().body());
  }

  @Test
  void calls_that_come_in_pieces_are_put_together() throws Exception {
    FakeModelServer server =
        openAi(
            "\"delta\":{\"role\":\"assistant\",\"tool_calls\":[{\"index\":0,\"id\":\"call_7\","
                + "\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"ci\"}}]}",
            "\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"ty\\\":\\\"Paris\\\"}\"}}]}",
            "\"delta\":{},\"finish_reason\":\"tool_calls\"");
    List<Piece> pieces = new ArrayList<>();

    GenerationResult result =
        openAiBackend(server).generate(prompt(tools(new Choice.Auto())), pieces::add);

    assertThat(result.finish()).isEqualTo(Finish.TOOL_CALLS);
    assertThat(result.calls())
        .containsExactly(new ToolCall("call_7", "weather", "{\"city\":\"Paris\"}"));
    assertThat(pieces).isEmpty();
  }

  @Test
  void tools_go_to_the_server_as_their_client_wrote_them() throws Exception {
    FakeModelServer server = openAi("\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"");

    openAiBackend(server).generate(prompt(tools(new Choice.Named("weather"))), piece -> {});

    JsonNode sent = sent(server, "/chat/completions");
    assertThat(sent.at("/tools/0/type").asText()).isEqualTo("function");
    assertThat(sent.at("/tools/0/function")).isEqualTo(JSON.readTree(WEATHER.definition()));
    assertThat(sent.at("/tool_choice/function/name").asText()).isEqualTo("weather");
    assertThat(sent.has("response_format")).isFalse();
  }

  @Test
  void a_tools_reply_stands_behind_the_question_and_its_call() throws Exception {
    FakeModelServer server = openAi("\"delta\":{\"content\":\"Sun.\"},\"finish_reason\":\"stop\"");
    ToolCall call = new ToolCall("call_7", "weather", "{\"city\":\"Paris\"}");

    openAiBackend(server)
        .generate(
            prompt(
                tools(
                    new Choice.Required(),
                    new Turn(Turn.Role.ASSISTANT, "", List.of(call), ""),
                    new Turn(Turn.Role.TOOL, "sunny <|im_end|>", List.of(), "call_7"))),
            piece -> {});

    JsonNode sent = sent(server, "/chat/completions");
    assertThat(sent.at("/tool_choice").asText()).isEqualTo("required");
    assertThat(sent.at("/messages").findValuesAsText("role"))
        .containsExactly("system", "user", "assistant", "tool");
    assertThat(sent.at("/messages/2/tool_calls/0/id").asText()).isEqualTo("call_7");
    assertThat(sent.at("/messages/2/tool_calls/0/function/arguments").asText())
        .isEqualTo("{\"city\":\"Paris\"}");
    assertThat(sent.at("/messages/3/tool_call_id").asText()).isEqualTo("call_7");
    assertThat(sent.at("/messages/3/content").asText())
        .startsWith("sunny")
        .doesNotContain("<|im_end|>");
  }

  @Test
  void a_call_of_a_model_that_was_offered_no_tools_is_none() throws Exception {
    FakeModelServer server =
        openAi(
            "\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\","
                + "\"function\":{\"name\":\"rm\",\"arguments\":\"{}\"}}]}",
            "\"delta\":{},\"finish_reason\":\"tool_calls\"");

    GenerationResult result = openAiBackend(server).generate(prompt(Handover.NONE), piece -> {});

    assertThat(result.finish()).isEqualTo(Finish.DECLINED);
    assertThat(result.calls()).isEmpty();
  }

  @Test
  void the_form_of_the_text_reaches_a_server_of_openais_protocol() throws Exception {
    FakeModelServer server = openAi("\"delta\":{\"content\":\"{}\"},\"finish_reason\":\"stop\"");
    ChatBackend backend = openAiBackend(server);

    backend.generate(prompt(written(new Format.JsonObject())), piece -> {});
    assertThat(sent(server, "/chat/completions").at("/response_format").toString())
        .isEqualTo("{\"type\":\"json_object\"}");

    backend.generate(prompt(written(new Format.JsonSchema("leave", SCHEMA, true))), piece -> {});
    JsonNode format = sent(server, "/chat/completions").at("/response_format");
    assertThat(format.at("/type").asText()).isEqualTo("json_schema");
    assertThat(format.at("/json_schema/name").asText()).isEqualTo("leave");
    assertThat(format.at("/json_schema/strict").asBoolean()).isTrue();
    assertThat(format.at("/json_schema/schema").toString()).isEqualTo(SCHEMA);
  }

  @Test
  void ollama_gets_tools_and_gives_calls_that_have_an_id() throws Exception {
    FakeModelServer server =
        ollama(
            "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}}]},\"done\":false",
            "{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"");
    ToolCall before = new ToolCall("call_1", "weather", "{\"city\":\"Rome\"}");

    GenerationResult result =
        ollamaBackend(server)
            .generate(
                prompt(
                    tools(
                        new Choice.Auto(),
                        new Turn(Turn.Role.ASSISTANT, "", List.of(before), ""),
                        new Turn(Turn.Role.TOOL, "rain", List.of(), "call_1"))),
                piece -> {});

    assertThat(result.finish()).isEqualTo(Finish.TOOL_CALLS);
    ToolCall call = result.calls().getFirst();
    assertThat(call.id()).startsWith("call_");
    assertThat(call.name()).isEqualTo("weather");
    assertThat(JSON.readTree(call.arguments()).at("/city").asText()).isEqualTo("Paris");
    JsonNode sent = sent(server, "/api/chat");
    assertThat(sent.at("/tools/0/function")).isEqualTo(JSON.readTree(WEATHER.definition()));
    assertThat(sent.at("/messages/2/tool_calls/0/function/arguments/city").asText())
        .isEqualTo("Rome");
    assertThat(sent.at("/messages/3/role").asText()).isEqualTo("tool");
    assertThat(sent.at("/messages/3/content").asText()).isEqualTo("rain");
  }

  @Test
  void the_form_of_the_text_reaches_ollama() throws Exception {
    FakeModelServer server =
        ollama(
            "{\"role\":\"assistant\",\"content\":\"{}\"},\"done\":true,\"done_reason\":\"stop\"");
    ChatBackend backend = ollamaBackend(server);

    backend.generate(prompt(written(new Format.JsonObject())), piece -> {});
    assertThat(sent(server, "/api/chat").at("/format").asText()).isEqualTo("json");

    backend.generate(prompt(written(new Format.JsonSchema("leave", SCHEMA, true))), piece -> {});
    assertThat(sent(server, "/api/chat").at("/format").toString()).isEqualTo(SCHEMA);
  }

  @Test
  void a_model_of_ollama_calls_tools_where_the_server_says_so() throws Exception {
    assertThat(ollamaBackend(ollama()).abilities())
        .containsExactlyInAnyOrder(Ability.TOOLS, Ability.JSON);

    capabilities = "[\"completion\"]";
    assertThat(ollamaBackend(ollama()).abilities()).containsExactly(Ability.JSON);
  }
}
