package dev.zhiku.server.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.openai.V1Server;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/responses} down to its bytes. */
@Timeout(600)
class ResponsesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static V1Server server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = V1Server.start(folder, new TestServer.Settings());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void quote_again() {
    server.quoteAgain();
  }

  private static HttpResponse<String> send(String body, String... headers) {
    return server.http.postJson("/v1/responses", body, headers);
  }

  private static JsonNode ask(String body) throws IOException {
    HttpResponse<String> response = send(body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static String text(JsonNode response) {
    return response
        .at("/output")
        .get(response.at("/output").size() - 1)
        .at("/content/0/text")
        .asText();
  }

  private static List<JsonNode> events(HttpResponse<String> response) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    String name = "";
    for (String line : response.body().lines().toList()) {
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        JsonNode event = JSON.readTree(line.substring("data: ".length()));
        assertThat(event.at("/type").asText()).isEqualTo(name);
        assertThat(event.at("/sequence_number").asInt()).isEqualTo(events.size());
        events.add(event);
      }
    }
    return events;
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.at("/type").asText()).toList();
  }

  @Test
  void an_answer_cites_files_as_annotations_where_its_text_has_their_marks() throws Exception {
    JsonNode response =
        ask("{\"model\":\"gpt-4o-mini\",\"input\":\"年假有几天？\",\"metadata\":{\"ticket\":\"7\"}}");

    assertThat(response.at("/object").asText()).isEqualTo("response");
    assertThat(response.at("/id").asText()).startsWith("resp_q_");
    assertThat(response.at("/status").asText()).isEqualTo("completed");
    assertThat(response.at("/model").asText()).isEqualTo("zhiku");
    assertThat(response.at("/error").isNull()).isTrue();
    assertThat(response.at("/metadata/ticket").asText()).isEqualTo("7");
    assertThat(response.at("/store").asBoolean()).isTrue();
    JsonNode message = response.at("/output/0");
    assertThat(message.at("/type").asText()).isEqualTo("message");
    assertThat(message.at("/role").asText()).isEqualTo("assistant");
    assertThat(message.at("/status").asText()).isEqualTo("completed");
    String text = message.at("/content/0/text").asText();
    assertThat(text).startsWith("正式员工每年享有 15 天带薪年假。 [1]").contains("**来源**\n- [1] [hr/员工手册.pdf");
    JsonNode cited = message.at("/content/0/annotations");
    assertThat(cited).isNotEmpty();
    assertThat(cited.at("/0/type").asText()).isEqualTo("file_citation");
    assertThat(cited.at("/0/filename").asText()).isEqualTo("员工手册.pdf");
    assertThat(cited.at("/0/file_id").asText())
        .isEqualTo(response.at("/citations/0/document_id").asText());
    assertThat(text.substring(0, cited.at("/0/index").asInt())).endsWith("[1]");
    assertThat(response.at("/usage/total_tokens").asInt())
        .isEqualTo(
            response.at("/usage/input_tokens").asInt()
                + response.at("/usage/output_tokens").asInt())
        .isPositive();
    assertThat(response.at("/answer_status").asText()).isEqualTo("answered");
  }

  @Test
  void the_marks_of_the_list_of_sources_are_no_annotations() throws Exception {
    JsonNode content = ask("{\"input\":\"年假有几天？\"}").at("/output/0/content/0");

    String text = content.at("/text").asText();
    int end = text.indexOf("\n\n---\n");
    content
        .at("/annotations")
        .forEach(cited -> assertThat(cited.at("/index").asInt()).isLessThanOrEqualTo(end));
  }

  @Test
  void items_with_parts_ask_as_a_text_does() throws Exception {
    JsonNode response =
        ask(
            """
            {"input": [{"type": "message", "role": "developer", "content": "Be brief."},
                       {"type": "reasoning", "id": "rs_1", "summary": []},
                       {"type": "function_call_output", "call_id": "c", "output": "x"},
                       {"role": "user", "content": [{"type": "input_text", "text": "年假有几天？"}]}],
             "tools": [{"type": "file_search", "vector_store_ids": ["vs_1"]}],
             "tool_choice": {"type": "file_search"}}
            """);

    assertThat(text(response)).contains("15 天带薪年假。 [1]");
  }

  @Test
  void a_stream_tells_its_events_in_order() throws Exception {
    server.backend.use(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Reasoning("Let me look.")),
                new Step.Say(new Piece.Text("每年享有 15 天")),
                new Step.Say(new Piece.Text("带薪年假 [1]。")))));

    HttpResponse<String> response = send("{\"input\":\"年假有几天？\",\"stream\":true}");

    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    List<JsonNode> events = events(response);
    List<String> types = types(events);
    assertThat(types)
        .startsWith(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.reasoning_text.delta",
            "response.reasoning_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta")
        .endsWith(
            "response.output_text.delta",
            "response.output_text.annotation.added",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed");
    StringBuilder told = new StringBuilder();
    events.stream()
        .filter(event -> event.at("/type").asText().equals("response.output_text.delta"))
        .peek(event -> assertThat(event.at("/output_index").asInt()).isEqualTo(1))
        .forEach(event -> told.append(event.at("/delta").asText()));
    JsonNode whole = events.getLast().at("/response");
    assertThat(told.toString()).startsWith("每年享有 15 天带薪年假 [1]。").isEqualTo(text(whole));
    assertThat(whole.at("/id")).isEqualTo(events.getFirst().at("/response/id"));
    assertThat(whole.at("/output/0/content/0/text").asText()).isEqualTo("Let me look.");
    assertThat(whole.at("/output/1")).isEqualTo(events.get(events.size() - 2).at("/item"));
    assertThat(whole.at("/citations/0/path").asText()).isEqualTo("hr/员工手册.pdf");
    assertThat(events.getFirst().at("/response/status").asText()).isEqualTo("in_progress");
    assertThat(events.getFirst().at("/response/output")).isEmpty();
  }

  @Test
  void an_answer_goes_on_from_the_one_before_but_not_with_its_instructions() throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("Ahoy!");
    server.backend.use(scripted);
    JsonNode first =
        ask("{\"model\":\"zhiku-chat\",\"input\":\"Hello\",\"instructions\":\"Be a pirate.\"}");

    JsonNode second =
        ask(
            "{\"model\":\"zhiku-chat\",\"input\":\"And now?\",\"previous_response_id\":\""
                + first.at("/id").asText()
                + "\"}");
    ask(
        "{\"model\":\"zhiku-chat\",\"input\":\"And then?\",\"previous_response_id\":\""
            + second.at("/id").asText()
            + "\"}");

    assertThat(second.at("/previous_response_id")).isEqualTo(first.at("/id"));
    assertThat(scripted.prompts().getFirst().system()).isEqualTo("Be a pirate.");
    assertThat(scripted.prompts().get(1).system()).doesNotContain("pirate");
    assertThat(scripted.prompts().get(1).history())
        .extracting(Turn::content)
        .containsExactly("Hello", "Ahoy!");
    assertThat(scripted.prompts().get(2).history())
        .extracting(Turn::content)
        .containsExactly("Hello", "Ahoy!", "And now?", "Ahoy!");
  }

  @Test
  void an_answer_can_be_referred_to_by_the_id_of_its_message() throws Exception {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("Ahoy!");
    server.backend.use(scripted);
    String id = ask("{\"model\":\"zhiku-chat\",\"input\":\"Hello\"}").at("/output/0/id").asText();

    ask(
        """
        {"model": "zhiku-chat",
         "input": [{"role": "user", "content": "Hello"}, {"type": "item_reference", "id": "%s"},
                   {"role": "user", "content": "And now?"}]}
        """
            .formatted(id));

    assertThat(scripted.prompts().getLast().history())
        .extracting(Turn::content)
        .containsExactly("Hello", "Ahoy!");
  }

  @Test
  void what_was_not_to_be_stored_cannot_be_gone_on_from() throws Exception {
    JsonNode first = ask("{\"input\":\"年假有几天？\",\"store\":false}");

    HttpResponse<String> second =
        send("{\"input\":\"and?\",\"previous_response_id\":\"" + first.at("/id").asText() + "\"}");

    assertThat(first.at("/store").asBoolean()).isFalse();
    assertThat(second.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(second.body()).at("/error/param").asText())
        .isEqualTo("previous_response_id");
  }

  @Test
  void nothing_found_is_said_and_nothing_cited() throws Exception {
    JsonNode response = ask("{\"input\":\"Who painted the Mona Lisa portrait?\"}");

    assertThat(text(response)).startsWith("The documents");
    assertThat(response.at("/answer_status").asText()).isEqualTo("no_evidence");
    assertThat(response.at("/output/0/content/0/annotations")).isEmpty();
  }

  @Test
  void what_a_client_asks_for_itself_is_answered_without_a_search() throws Exception {
    JsonNode response =
        ask(
            "{\"input\":\"### Task:\\nGenerate 1-3 broad tags categorizing the main themes\\n"
                + "### Chat History:\\nUSER: 年假有几天？\"}");

    assertThat(text(response)).isEqualTo("{\"tags\":[]}");
  }

  @Test
  void a_model_that_breaks_off_ends_the_stream_with_a_failure() throws Exception {
    server.backend.use(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Text("每年享有")),
                new Step.Fail(
                    new ChatException.Broken(new Phrase("cut off", "断开"), new IOException())))));

    List<JsonNode> events = events(send("{\"input\":\"年假有几天？\",\"stream\":true}"));

    JsonNode last = events.getLast();
    assertThat(last.at("/type").asText()).isEqualTo("response.failed");
    assertThat(last.at("/response/status").asText()).isEqualTo("failed");
    assertThat(last.at("/response/error/code").asText()).isEqualTo("model_failed");
    assertThat(text(last.at("/response"))).isEqualTo("每年享有");
  }

  @Test
  void what_fails_at_once_fails_with_a_status_also_where_a_stream_was_asked_for() throws Exception {
    for (String stream : List.of("", ",\"stream\":true")) {
      HttpResponse<String> response =
          send("{\"model\":\"zhiku-chat\",\"input\":\"你好\"" + stream + "}");

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(JSON.readTree(response.body()).at("/error/code").asText()).isEqualTo("no_model");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{} | input | must be given",
        "{\"input\":[]} | input | message of the user",
        "{\"input\":7} | input | a text or a list",
        "{\"input\":[{\"role\":\"tool\",\"content\":\"x\"}]} | input[0].role | system, developer",
        "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}]} | input | input_image",
        "{\"input\":[{\"role\":\"user\",\"content\":7}]} | input[0].content | input_text",
        "{\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_q_0\"},{\"role\":\"user\",\"content\":\"x\"}]} | input[0].id | remembered",
        "{\"input\":\"x\",\"previous_response_id\":\"resp_q_0\"} | previous_response_id | remembered",
        "{\"input\":\"x\",\"background\":true} | background | left out or false",
        "{\"input\":\"x\",\"conversation\":\"conv_1\"} | conversation | left out",
        "{\"input\":\"x\",\"prompt\":{\"id\":\"p\"}} | prompt | left out",
        "{\"input\":\"x\",\"text\":{\"format\":{\"type\":\"json_schema\"}}} | text | type text",
        "{\"input\":\"x\",\"tool_choice\":\"required\"} | tool_choice | calls no tools",
        "{\"input\":\"x\",\"top_logprobs\":2} | top_logprobs | 0",
        "{\"input\":\"x\",\"metadata\":{\"a\":1}} | metadata | 16 texts",
        "{\"input\":\"x\",\"temperature\":3} | temperature | 0..2",
        "{\"input\":\"x\",\"max_output_tokens\":0} | max_output_tokens | integer",
      })
  void what_cannot_be_done_is_refused_by_name(String body, String param, String rule)
      throws Exception {
    HttpResponse<String> response = send(body);

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = JSON.readTree(response.body()).at("/error");
    assertThat(error.at("/type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.at("/param").asText()).isEqualTo(param);
    assertThat(error.at("/message").asText()).contains(rule);
  }

  @Test
  void a_source_that_is_not_there_is_answered_with_those_that_are() throws Exception {
    HttpResponse<String> response = send("{\"model\":\"zhiku/hr\",\"input\":\"x\"}");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("model_not_found", "zhiku, zhiku/knowledge, zhiku-chat");
  }
}
