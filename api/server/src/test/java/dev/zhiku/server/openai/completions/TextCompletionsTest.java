package dev.zhiku.server.openai.completions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.openai.Message;
import dev.zhiku.server.openai.Message.Role;
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
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /v1/completions} as its clients send it. */
class TextCompletionsTest {
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
  void quoteAgain() {
    server.quoteAgain();
  }

  private static HttpResponse<String> ask(String fields) {
    return server.http.postJson("/v1/completions", "{" + fields + "}");
  }

  private static String refusal(String fields) throws IOException {
    HttpResponse<String> response = ask(fields);
    JsonNode error = JSON.readTree(response.body()).at("/error");
    return response.statusCode()
        + " "
        + error.at("/code").asText()
        + " "
        + error.at("/param").asText();
  }

  @Test
  void a_prompt_is_answered_with_its_citations() throws IOException {
    for (String prompt : List.of("\"年假有几天？\"", "[\"年假有几天？\"]")) {
      JsonNode answer = JSON.readTree(ask("\"prompt\": " + prompt).body());

      assertThat(answer.at("/object").asText()).isEqualTo("text_completion");
      assertThat(answer.at("/id").asText()).startsWith("cmpl-");
      assertThat(answer.at("/model").asText()).isEqualTo("zhiku");
      assertThat(answer.at("/choices/0/text").asText()).contains("15 天带薪年假。 [1]", "**来源**");
      assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
      assertThat(answer.at("/choices/0/logprobs").isNull()).isTrue();
      assertThat(answer.at("/usage/total_tokens").asInt()).isPositive();
      assertThat(answer.at("/citations/0/path").asText()).isEqualTo("hr/员工手册.pdf");
    }
  }

  @Test
  void a_stream_has_parts_an_end_with_citations_counts_and_done() throws IOException {
    server.backend.use(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Reasoning("Let me look.")),
                new Step.Say(new Piece.Text("每年享有 15 天")),
                new Step.Say(new Piece.Text("带薪年假 [1]。")))));

    HttpResponse<String> response =
        ask(
            "\"prompt\": \"年假有几天？\", \"stream\": true,"
                + " \"stream_options\": {\"include_usage\": true}");

    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    List<String> data =
        response
            .body()
            .lines()
            .filter(l -> l.startsWith("data: "))
            .map(l -> l.substring(6))
            .toList();
    assertThat(data.getLast()).isEqualTo("[DONE]");
    List<JsonNode> parts = new ArrayList<>();
    for (String one : data.subList(0, data.size() - 1)) {
      parts.add(JSON.readTree(one));
    }
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.at("/choices/0/text").asText("")));
    assertThat(text.toString()).startsWith("每年享有 15 天带薪年假 [1]。").doesNotContain("Let me");
    JsonNode last = parts.get(parts.size() - 2);
    assertThat(last.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(last.at("/citations/0/path").asText()).isEqualTo("hr/员工手册.pdf");
    assertThat(parts.getLast().at("/choices")).isEmpty();
    assertThat(parts.getLast().at("/usage/total_tokens").asInt()).isPositive();
  }

  @Test
  void the_model_alone_is_asked_with_sampling_and_a_limit() throws IOException {
    ScriptedChatBackend scripted = ScriptedChatBackend.saying("Ahoy!");
    server.backend.use(scripted);

    JsonNode answer =
        JSON.readTree(
            ask("\"model\": \"zhiku-chat\", \"prompt\": \"Hello\", \"max_tokens\": 7, \"stop\":"
                    + " \"X\", \"temperature\": 0.1, \"seed\": 3")
                .body());

    assertThat(answer.at("/choices/0/text").asText()).isEqualTo("Ahoy!");
    var prompt = scripted.prompts().getFirst();
    assertThat(prompt.passages()).isEmpty();
    assertThat(prompt.limits().answerTokens()).isEqualTo(7);
    assertThat(prompt.sampling().stop()).isEqualTo(List.of("X"));
    assertThat(prompt.sampling().temperature()).contains(0.1);
  }

  @Test
  void what_cannot_be_done_is_refused_by_name() throws IOException {
    String asked = "\"prompt\": \"x\", ";
    assertThat(refusal(asked + "\"n\": 2")).isEqualTo("400 value_out_of_range n");
    assertThat(refusal(asked + "\"best_of\": 3")).isEqualTo("400 value_out_of_range best_of");
    assertThat(refusal(asked + "\"echo\": true")).isEqualTo("400 value_out_of_range echo");
    assertThat(refusal(asked + "\"suffix\": \"y\"")).isEqualTo("400 value_out_of_range suffix");
    assertThat(refusal(asked + "\"logprobs\": 0")).isEqualTo("400 value_out_of_range logprobs");
    assertThat(refusal(asked + "\"max_tokens\": 0")).isEqualTo("400 value_out_of_range max_tokens");
    assertThat(refusal("\"prompt\": [1, 2]")).isEqualTo("400 value_out_of_range prompt");
    assertThat(refusal("\"prompt\": [\"a\", \"b\"]")).isEqualTo("400 value_out_of_range prompt");
    assertThat(refusal("\"prompt\": \" \"")).isEqualTo("400 value_out_of_range messages");
    assertThat(refusal("\"model\": \"zhiku\"")).startsWith("400 ");
    assertThat(refusal(asked + "\"model\": \"zhiku/nowhere\""))
        .isEqualTo("404 model_not_found model");
    assertThat(ask(asked + "\"logprobs\": null, \"echo\": false").statusCode()).isEqualTo(200);
  }

  @Test
  void a_conversation_written_as_one_text_is_read_as_one() {
    assertThat(
            PromptDialogue.of(
                "system: Be brief.\nuser: How many days?\nassistant: 15 [1]\nuser: And\nthen?\n"
                    + "assistant: "))
        .isEqualTo(
            List.of(
                new Message(Role.SYSTEM, "Be brief."),
                new Message(Role.USER, "How many days?"),
                new Message(Role.ASSISTANT, "15 [1]"),
                new Message(Role.USER, "And\nthen?")));
    assertThat(PromptDialogue.of("user: What is this?"))
        .isEqualTo(List.of(new Message(Role.USER, "user: What is this?")));
    assertThat(PromptDialogue.of("Complete:\nuser: a\nassistant:")).hasSize(1);
  }

  @Test
  void a_follow_up_is_searched_with_the_question_before_it() throws IOException {
    JsonNode answer =
        JSON.readTree(
            ask("\"prompt\": \"user: 正式员工的年假有几天？\\n"
                    + "assistant: 15 天 [1]\\n"
                    + "user: 那提前多久申请呢？\\n"
                    + "assistant: \"")
                .body());

    assertThat(answer.at("/choices/0/text").asText()).contains("提前一周申请");
  }
}
