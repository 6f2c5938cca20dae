package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.Handover;
import dev.zhiku.answering.chat.Handover.Ability;
import dev.zhiku.answering.chat.Handover.Choice;
import dev.zhiku.answering.chat.Handover.Format;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.server.http.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code zhiku-chat} is handed beside words, by the official client and by hand. */
@Timeout(300)
class ModelAloneTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOOLS =
      "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{}}}]";
  private static final ToolCall CALL = new ToolCall("call_7", "weather", "{\"city\":\"Paris\"}");

  private static V1Server server;
  private static OpenAIClient client;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = V1Server.start(folder, new TestServer.Settings());
    client = OpenAIOkHttpClient.builder().baseUrl(server.url()).apiKey("x").maxRetries(0).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @AfterEach
  void quote_again() {
    server.quoteAgain();
  }

  private static ScriptedChatBackend use(Step... steps) {
    ScriptedChatBackend model = new ScriptedChatBackend(List.of(steps));
    server.backend.use(model);
    return model;
  }

  private static ChatCompletionCreateParams.Builder asking() {
    return ChatCompletionCreateParams.builder()
        .model("zhiku-chat")
        .addUserMessage("What is the weather in Paris?")
        .addTool(
            ChatCompletionFunctionTool.builder()
                .function(
                    FunctionDefinition.builder()
                        .name("weather")
                        .parameters(
                            FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .build())
                        .build())
                .build());
  }

  private static HttpResponse<String> post(String path, String body) {
    return server.http.postJson(path, body);
  }

  private static HttpResponse<String> chat(String model, String more) {
    return post(
        "/v1/chat/completions",
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"年假有几天？\"}],%s}"
            .formatted(model, more));
  }

  @Test
  void the_model_calls_a_tool_and_answers_with_its_reply() {
    ScriptedChatBackend calling = use(new Step.Call(List.of(CALL)));
    ChatCompletion.Choice choice =
        client.chat().completions().create(asking().build()).validate().choices().getFirst();

    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    assertThat(choice.message().toolCalls().orElseThrow().getFirst().asFunction().function().name())
        .isEqualTo("weather");
    Handover offered = calling.prompts().getLast().handover();
    assertThat(offered.tools().getFirst().definition())
        .isEqualTo("{\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}}");

    ScriptedChatBackend answering = use(new Step.Say(new Piece.Text("Sun.")));
    ChatCompletion answer =
        client
            .chat()
            .completions()
            .create(
                asking()
                    .addMessage(choice.message())
                    .addMessage(
                        ChatCompletionToolMessageParam.builder()
                            .toolCallId("call_7")
                            .content("sunny")
                            .build())
                    .build())
            .validate();

    assertThat(answer.choices().getFirst().message().content()).contains("Sun.");
    Prompt prompt = answering.prompts().getLast();
    assertThat(prompt.question()).isEqualTo("What is the weather in Paris?");
    assertThat(prompt.handover().later())
        .containsExactly(
            new Turn(Turn.Role.ASSISTANT, "", List.of(CALL), ""),
            new Turn(Turn.Role.TOOL, "sunny", List.of(), "call_7"));
  }

  @Test
  void calls_come_in_a_stream_that_the_client_puts_together() {
    use(new Step.Say(new Piece.Text("Let me see. ")), new Step.Call(List.of(CALL)));
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> parts =
        client.chat().completions().createStreaming(asking().build())) {
      parts.stream().map(ChatCompletionChunk::validate).forEach(whole::accumulate);
    }

    ChatCompletion.Choice choice = whole.chatCompletion().choices().getFirst();
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    assertThat(choice.message().content()).contains("Let me see. ");
    assertThat(
            choice
                .message()
                .toolCalls()
                .orElseThrow()
                .getFirst()
                .asFunction()
                .function()
                .arguments())
        .isEqualTo("{\"city\":\"Paris\"}");
  }

  @Test
  void json_comes_as_the_model_wrote_it_whole_and_streamed() throws Exception {
    String written = "{\"page\":\"<b>1</b> https://x.test\"}";
    ScriptedChatBackend model = use(new Step.Say(new Piece.Text(written)));

    ChatCompletion whole =
        client
            .chat()
            .completions()
            .create(asking().responseFormat(ResponseFormatJsonObject.builder().build()).build());
    String streamed =
        chat("zhiku-chat", "\"stream\":true,\"response_format\":{\"type\":\"json_object\"}").body();

    assertThat(whole.choices().getFirst().message().content()).contains(written);
    assertThat(streamed).contains(JSON.writeValueAsString(written));
    assertThat(model.prompts().getFirst().handover().format()).isEqualTo(new Format.JsonObject());
  }

  @Test
  void a_schema_reaches_the_model_by_each_protocol_and_comes_back_in_responses() throws Exception {
    ScriptedChatBackend model = use(new Step.Say(new Piece.Text("{\"days\":15}")));
    String schema = "{\"type\":\"object\",\"required\":[\"days\"]}";
    String named = "\"name\":\"leave\",\"schema\":" + schema + ",\"strict\":true";

    chat(
        "zhiku-chat",
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{" + named + "}}");
    JsonNode response =
        JSON.readTree(
            post(
                    "/v1/responses",
                    "{\"model\":\"zhiku-chat\",\"input\":\"年假有几天？\",\"text\":{\"format\":"
                        + "{\"type\":\"json_schema\","
                        + named
                        + "}}}")
                .body());

    assertThat(model.prompts())
        .extracting(prompt -> prompt.handover().format())
        .containsExactly(
            new Format.JsonSchema("leave", schema, true),
            new Format.JsonSchema("leave", schema, true));
    assertThat(response.at("/output/0/content/0/text").asText()).isEqualTo("{\"days\":15}");
    assertThat(response.at("/text/format/schema").toString()).isEqualTo(schema);
  }

  @ParameterizedTest
  @CsvSource({"auto, 1", "none, 0", "required, 1"})
  void what_is_chosen_of_the_tools_reaches_the_model(String choice, int offered) {
    ScriptedChatBackend model = use(new Step.Say(new Piece.Text("x")));

    assertThat(chat("zhiku-chat", TOOLS + ",\"tool_choice\":\"" + choice + "\"").statusCode())
        .isEqualTo(200);

    Handover handover = model.prompts().getLast().handover();
    assertThat(handover.tools()).hasSize(offered);
    assertThat(handover.choice() instanceof Choice.Required).isEqualTo(choice.equals("required"));
  }

  @Test
  void a_model_that_cannot_do_it_is_named_with_the_way_out() throws Exception {
    server.backend.use(
        new ScriptedChatBackend(
            List.of(new Step.Say(new Piece.Text("never"))), 8_192, 1, Set.of(Ability.TOOLS)));

    HttpResponse<String> json =
        chat("zhiku-chat", "\"stream\":true,\"response_format\":{\"type\":\"json_object\"}");
    HttpResponse<String> forced = chat("zhiku-chat", TOOLS + ",\"tool_choice\":\"required\"");

    assertThat(json.statusCode()).isEqualTo(400);
    assertThat(code(json)).isEqualTo("format_unsupported");
    assertThat(json.body()).contains("response_format");
    assertThat(forced.statusCode()).isEqualTo(400);
    assertThat(code(forced)).isEqualTo("tools_unsupported");
  }

  @Test
  void documents_quote_and_take_neither_json_nor_a_choice_that_insists() throws Exception {
    HttpResponse<String> json = chat("zhiku", "\"response_format\":{\"type\":\"json_object\"}");
    HttpResponse<String> forced = chat("zhiku", TOOLS + ",\"tool_choice\":\"required\"");
    HttpResponse<String> offered = chat("zhiku", TOOLS);

    assertThat(param(json)).isEqualTo("response_format");
    assertThat(json.body()).contains("zhiku-chat");
    assertThat(param(forced)).isEqualTo("tool_choice");
    assertThat(offered.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"tools\":7| tools",
        "\"tools\":[{\"type\":\"function\"}]| tools[0].function",
        "\"tools\":[{\"type\":\"function\",\"function\":{}}]| tools[0].function.name",
        "\"tool_choice\":\"required\"| tool_choice",
        "\"tool_choice\":\"sometimes\"| tool_choice",
        "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"rm\"}}| tool_choice",
        "\"response_format\":{\"type\":\"xml\"}| response_format",
        "\"response_format\":{\"type\":\"json_schema\"}| response_format",
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":1}}| response_format",
      })
  void what_cannot_be_read_is_refused_by_its_place(String field, String place) throws Exception {
    use(new Step.Say(new Piece.Text("never")));

    HttpResponse<String> refused = chat("zhiku-chat", field);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(param(refused)).isEqualTo(place);
  }

  @Test
  void tools_and_schemas_have_a_most() throws Exception {
    use(new Step.Say(new Piece.Text("never")));
    String long1 = "\"description\":\"" + "x".repeat(Handover.MAX_CHARS) + "\"";

    assertThat(
            param(chat("zhiku-chat", "\"tools\":[{\"function\":{\"name\":\"f\"," + long1 + "}}]")))
        .isEqualTo("tools");
    assertThat(
            param(
                chat(
                    "zhiku-chat",
                    "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{"
                        + long1
                        + "}}}")))
        .isEqualTo("response_format");
  }

  private static String code(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body()).at("/error/code").asText();
  }

  private static String param(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body()).at("/error/param").asText();
  }
}
