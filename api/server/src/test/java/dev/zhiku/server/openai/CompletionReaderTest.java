package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.server.query.AnswerConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionReaderTest {
  private static final String HELLO =
      "\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]";

  private static CompletionRequest read(String body) {
    return CompletionReader.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Question question(String body) {
    CompletionRequest request = read(body);
    return request.question(new ModelName.AllSources(), 6, AnswerConfig.DEFAULT);
  }

  private static Problem refusal(String body) {
    Problem problem = catchThrowableOfType(Problem.class, () -> question(body));
    assertThat(problem).as(body).isNotNull();
    return problem;
  }

  @Test
  void every_text_of_a_request_has_a_limit() {
    String long200 = "a".repeat(201);
    for (String field :
        List.of(
            "\"model\": \"" + long200 + "\"",
            "\"reasoning_effort\": \"" + long200 + "\"",
            "\"stop\": \"" + "a".repeat(1_001) + "\"",
            "\"stop\": [\"" + "a".repeat(1_001) + "\"]")) {
      assertThat(refusal("{" + HELLO + ", " + field + "}").code())
          .as(field)
          .isEqualTo(ProblemCode.VALUE_OUT_OF_RANGE);
    }
    String parts = "{\"type\": \"text\", \"text\": \"a\"},".repeat(1_001);
    String body =
        "{\"messages\": [{\"role\": \"user\", \"content\": ["
            + parts.substring(0, parts.length() - 1)
            + "]}]}";
    assertThat(refusal(body).code()).isEqualTo(ProblemCode.VALUE_OUT_OF_RANGE);
  }

  @Test
  void the_last_message_of_the_user_is_the_question_and_the_rest_its_conversation() {
    Question question =
        question(
            """
            {"model": "zhiku", "messages": [
              {"role": "system", "content": "Be brief."},
              {"role": "user", "content": "年假有几天？"},
              {"role": "assistant", "content": "15 天 [1]\\n\\n---\\n**来源**\\n- [1] [a](b)"},
              {"role": "tool", "content": "ignored", "tool_call_id": "x"},
              {"role": "developer", "content": [{"type": "text", "text": "In Chinese."}]},
              {"role": "user", "content": [{"type": "text", "text": "那实习生"}, {"type": "text", "text": "呢？"}]}]}
            """);

    assertThat(question.text()).isEqualTo("那实习生\n呢？");
    assertThat(question.conversation())
        .containsExactly(
            new Turn(Turn.Role.USER, "年假有几天？"), new Turn(Turn.Role.ASSISTANT, "15 天 [1]"));
    assertThat(question.wishes().instructions()).isEqualTo("Be brief.\n\nIn Chinese.");
    assertThat(question.locale()).isEqualTo(Locale.CHINESE);
  }

  @Test
  void a_reply_that_is_wanted_anew_is_no_question() {
    assertThat(
            question(
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\":"
                        + " \"assistant\", \"content\": \"half an\"}]}")
                .text())
        .isEqualTo("q");
  }

  @Test
  void of_a_long_conversation_the_newest_turns_stay() {
    StringBuilder turns = new StringBuilder();
    for (int i = 0; i < 80; i++) {
      turns.append("{\"role\": \"user\", \"content\": \"q").append(i).append("\"},");
    }
    Question question =
        question("{\"messages\": [" + turns + "{\"role\": \"user\", \"content\": \"last\"}]}");

    assertThat(question.conversation()).hasSize(Question.MAX_TURNS);
    assertThat(question.conversation().getLast().content()).isEqualTo("q79");
  }

  @Test
  void how_the_model_chooses_its_words_is_read() {
    CompletionRequest request =
        read(
            "{"
                + HELLO
                + ", \"temperature\": 0.5, \"top_p\": 1, \"frequency_penalty\": 0,"
                + " \"presence_penalty\": -2, \"seed\": -7, \"stop\": [\"a\", \"\"],"
                + " \"max_tokens\": 10, \"max_completion_tokens\": 20, \"stream\": true,"
                + " \"stream_options\": {\"include_usage\": true}}");

    assertThat(request.sampling().temperature()).contains(0.5);
    assertThat(request.sampling().topP()).contains(1.0);
    assertThat(request.sampling().frequencyPenalty()).contains(0.0);
    assertThat(request.sampling().presencePenalty()).contains(-2.0);
    assertThat(request.sampling().seed()).contains(-7);
    assertThat(request.sampling().stop()).isEqualTo(List.of("a"));
    assertThat(request.answerTokens()).contains(20);
    assertThat(request.stream()).isTrue();
    assertThat(request.includeUsage()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"reasoning_effort\": \"high\"| true",
        "\"reasoning_effort\": \"none\"| false",
        "\"thinking\": {\"type\": \"enabled\"}| true",
        "\"thinking\": {\"type\": \"disabled\"}| false",
        "\"enable_thinking\": true| true",
        "\"enable_thinking\": false| false",
        "\"chat_template_kwargs\": {\"enable_thinking\": true}| true",
        "\"chat_template_kwargs\": {\"thinking\": false}| false",
        "\"enable_thinking\": false, \"chat_template_kwargs\": {\"thinking\": true}| true",
      })
  void reasoning_is_asked_for_in_the_words_of_any_vendor(String field, boolean reasoning) {
    CompletionRequest request = read("{" + HELLO + ", " + field + "}");

    assertThat(request.reasoning()).contains(reasoning);
    for (boolean configured : new boolean[] {true, false}) {
      assertThat(reasons(request, configured)).isEqualTo(reasoning);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"temperature\": 1",
        "\"reasoning_effort\": null, \"enable_thinking\": null",
        "\"thinking\": {}, \"chat_template_kwargs\": {}",
      })
  void who_says_nothing_of_reasoning_gets_what_is_configured_and_otherwise_none(String field) {
    CompletionRequest request = read("{" + HELLO + ", " + field + "}");

    assertThat(reasons(request, true)).isTrue();
    assertThat(reasons(request, false)).isFalse();
    assertThat(question("{" + HELLO + ", " + field + "}").reasoning()).isFalse();
  }

  private static boolean reasons(CompletionRequest request, boolean configured) {
    return request
        .question(new ModelName.AllSources(), 6, new AnswerConfig(configured))
        .reasoning();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"nothing_of_ours\": {\"a\": [1]}",
        "\"user\": \"u-1\", \"metadata\": {}, \"store\": false",
        "\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}], \"tool_choice\": \"auto\"",
        "\"n\": 1, \"logprobs\": false, \"response_format\": {\"type\": \"text\"}",
        "\"n\": null, \"stop\": null, \"temperature\": null, \"stream_options\": null",
        "\"top_p\": 0",
      })
  void what_is_unknown_or_changes_nothing_is_taken(String fields) {
    assertThat(question("{" + HELLO + ", " + fields + "}").text()).isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"n\": 2| n",
        "\"temperature\": 2.1| temperature",
        "\"temperature\": \"warm\"| temperature",
        "\"top_p\": -0.1| top_p",
        "\"max_tokens\": 0| max_tokens",
        "\"max_tokens\": 1.5| max_tokens",
        "\"seed\": 1e99| seed",
        "\"stop\": [1]| stop",
        "\"stop\": [\"a\", \"b\", \"c\", \"d\", \"e\"]| stop",
        "\"stream\": \"yes\"| stream",
        "\"tool_choice\": \"required\"| tool_choice",
        "\"tool_choice\": {\"type\": \"function\"}| tool_choice",
        "\"response_format\": {\"type\": \"json_object\"}| response_format",
        "\"logprobs\": true| logprobs",
        "\"model\": 7| model",
      })
  void what_would_change_the_answer_and_cannot_be_done_is_refused_by_name(
      String field, String name) {
    Problem problem = refusal("{" + HELLO + ", " + field + "}");

    assertThat(problem.code()).isEqualTo(ProblemCode.VALUE_OUT_OF_RANGE);
    assertThat(problem.values().getFirst()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}| messages",
        "{\"messages\": []}| messages",
        "{\"messages\": [7]}| messages[0]",
        "{\"messages\": [{\"role\": \"owner\", \"content\": \"x\"}]}| messages[0].role",
        "{\"messages\": [{\"role\": \"user\", \"content\": {}}]}| messages[0].content",
        "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\"}]}]}| messages[0].content",
        "{\"messages\": [{\"role\": \"user\", \"content\": \" \"}]}| messages",
        "{\"messages\": [{\"role\": \"system\", \"content\": \"x\"}]}| messages",
      })
  void messages_that_cannot_be_read_are_refused_by_their_place(String body, String place) {
    assertThat(refusal(body).values().getFirst()).isEqualTo(place);
  }

  @Test
  void a_picture_is_refused_in_the_question_and_passed_over_before_it() {
    String picture =
        "{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"What is this?\"},"
            + " {\"type\": \"image_url\", \"image_url\": {\"url\": \"data:,\"}}]}";
    String hello = "{\"role\": \"user\", \"content\": \"hello\"}";

    Problem problem = refusal("{\"messages\": [" + hello + "," + picture + "]}");
    assertThat(problem.values().getFirst()).isEqualTo("messages[1].content");
    assertThat(problem.values().get(1).toString()).contains("image_url");
    assertThat(question("{\"messages\": [" + picture + "," + hello + "]}").text())
        .isEqualTo("hello");
  }

  @Test
  void a_question_that_is_too_long_for_the_documents_may_go_to_the_model_alone() {
    String body =
        "{\"messages\": [{\"role\": \"user\", \"content\": \"" + "x".repeat(5_000) + "\"}]}";

    assertThat(refusal(body).code()).isEqualTo(ProblemCode.QUESTION_TOO_LONG);
    assertThat(read(body).question(new ModelName.ChatOnly(), 6, AnswerConfig.DEFAULT).text())
        .hasSize(5_000);
  }
}
