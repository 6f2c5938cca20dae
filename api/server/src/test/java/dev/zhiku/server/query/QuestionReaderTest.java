package dev.zhiku.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.index.Filter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionReaderTest {
  private final QuestionReader reader =
      new QuestionReader(SearchConfig.DEFAULT, AnswerConfig.DEFAULT);

  private QuestionReader.Asked read(String body) {
    return reader.read(body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH);
  }

  private ProblemCode refusal(byte[] body) {
    Problem problem = catchThrowableOfType(Problem.class, () -> reader.read(body, Locale.ENGLISH));
    assertThat(problem).isNotNull();
    return problem.code();
  }

  @Test
  void only_the_question_is_needed() {
    Question question = read("{\"question\": \" 年假有几天？ \"}").question();

    assertThat(question.text()).isEqualTo("年假有几天？");
    assertThat(question.topK()).isEqualTo(6);
    assertThat(question.mode()).isEqualTo(Question.Mode.ANSWER);
    assertThat(question.filter()).isEqualTo(new Filter.All());
  }

  @Test
  void who_talks_to_the_model_alone_may_hand_it_a_longer_text() {
    String text = "年".repeat(20_000);
    String body = "{\"question\": \"" + text + "\", \"mode\": \"chat\"}";

    assertThat(read(body).question().mode()).isEqualTo(Question.Mode.CHAT);
    assertThat(read(body).question().text()).isEqualTo(text);
    assertThat(refusal(body.replace("年\"", "年年\"").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(ProblemCode.QUESTION_TOO_LONG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"question\": \"q\"}| false| false",
        "{\"question\": \"q\"}| true| true",
        "{\"question\": \"q\", \"reasoning\": null}| true| true",
        "{\"question\": \"q\", \"reasoning\": false}| true| false",
        "{\"question\": \"q\", \"reasoning\": true}| false| true",
        "{\"question\": \"q\", \"mode\": \"chat\"}| true| true",
      })
  void whether_to_reason_is_as_the_question_says_else_as_configured(
      String body, boolean configured, boolean reasons) {
    QuestionReader configuredReader =
        new QuestionReader(SearchConfig.DEFAULT, new AnswerConfig(configured));
    Question question =
        configuredReader.read(body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH).question();

    assertThat(question.reasoning()).isEqualTo(reasons);
  }

  @ParameterizedTest
  @CsvSource({
    "path_prefix, 4096, false",
    "paths, 4096, true",
    "sources, 200, true",
    "media_types, 200, true",
    "document_ids, 200, true",
  })
  void every_text_of_a_filter_has_a_limit(String field, int most, boolean listed) {
    String text = "\"" + "a".repeat(most + 1) + "\"";
    String value = listed ? "[" + text + "]" : text;
    String body = "{\"question\": \"q\", \"filter\": {\"" + field + "\": " + value + "}}";

    Problem problem = catchThrowableOfType(Problem.class, () -> read(body));

    assertThat(problem.code()).isEqualTo(ProblemCode.VALUE_OUT_OF_RANGE);
    assertThat(problem.values()).contains("filter." + field);
    assertThat(problem.values().toString()).contains("at most " + most + " characters");
  }

  @Test
  void a_list_of_nothing_in_the_filter_filters_nothing() {
    Question question =
        read("{\"question\": \"q\", \"filter\": {\"sources\": [], \"paths\": [],"
                + " \"document_ids\": [], \"media_types\": [], \"path_prefix\": null}}")
            .question();

    assertThat(question.filter()).isEqualTo(new Filter.AllOf(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"question\": \"\"}| QUESTION_EMPTY",
        "{\"question\": \"  \"}| QUESTION_EMPTY",
        "{}| QUESTION_EMPTY",
        "{\"question\": 5}| VALUE_OUT_OF_RANGE",
        "{\"question\": \"q\", \"top_k\": 0}| VALUE_OUT_OF_RANGE",
        "{\"question\": \"q\", \"top_k\": 21}| VALUE_OUT_OF_RANGE",
        "{\"question\": \"q\", \"top_k\": 1e999}| VALUE_OUT_OF_RANGE",
        "{\"question\": \"q\", \"mode\": \"sing\"}| VALUE_OUT_OF_RANGE",
        "{\"question\": \"q\", \"topk\": 3}| UNKNOWN_FIELD",
        "{\"question\": \"q\", \"filter\": {\"source\": []}}| UNKNOWN_FIELD",
        "{\"question\": \"q\", \"filter\": {\"document_ids\": [\"x\"]}}| VALUE_OUT_OF_RANGE",
        "{\"question\": \"q\", \"filter\": {\"modified_after\": \"soon\"}}| VALUE_OUT_OF_RANGE",
        "{\"question\": \"q\"| MALFORMED_JSON",
        "[]| MALFORMED_JSON",
        "hello| MALFORMED_JSON",
      })
  void a_bad_body_is_refused_with_its_code(String body, ProblemCode code) {
    assertThat(refusal(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(code);
  }

  @Test
  void gbk_and_over_long_questions_are_told_apart() {
    assertThat(refusal("{\"question\": \"年假\"}".getBytes(Charset.forName("GBK"))))
        .isEqualTo(ProblemCode.BODY_NOT_UTF_8);
    String longest = "年".repeat(4_096);
    assertThat(read("{\"question\": \"" + longest + "\"}").question().text()).isEqualTo(longest);
    assertThat(refusal(("{\"question\": \"" + longest + "年\"}").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(ProblemCode.QUESTION_TOO_LONG);
  }
}
