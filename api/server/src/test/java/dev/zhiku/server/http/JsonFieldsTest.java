package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.problem.ProblemText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
  /** What is known in these tests. */
  private record Known(String name, Integer topK, Boolean isOn, Object inner) {}

  @Test
  void fields_are_read_by_name_and_type() {
    JsonFields fields =
        read("{\"name\": \"a\", \"top_k\": 3.0, \"is_on\": true, \"inner\": {\"x\": 0.5}}");

    assertThat(fields.only(Known.class).text("name")).contains("a");
    assertThat(fields.integer("top_k", 1, 3)).contains(3);
    assertThat(fields.bool("is_on")).contains(true);
    assertThat(fields.object("inner").orElseThrow().number("x", 0, 1)).contains(0.5);
  }

  @Test
  void null_is_the_same_as_left_out() {
    JsonFields fields = read("{\"name\": null}");

    assertThat(fields.text("name")).isEqualTo(fields.text("other")).isEmpty();
    assertThat(fields.integer("name", 1, 2)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[1]", "\"text\"", "{", "{\"a\":1,\"a\":2}", "{} {}", "{'a':1}"})
  void what_is_no_object_is_refused(String body) {
    assertThat(problem(body).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
  }

  @Test
  void deep_nesting_and_long_numbers_are_refused() {
    assertThat(problem("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}").code())
        .isEqualTo(ProblemCode.MALFORMED_JSON);
    assertThat(problem("{\"a\":" + "1".repeat(100) + "}").code())
        .isEqualTo(ProblemCode.MALFORMED_JSON);
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused_as_such() {
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> JsonFields.of(new byte[] {'{', '"', (byte) 0xD6, (byte) 0xD0}));

    assertThat(problem.code()).isEqualTo(ProblemCode.BODY_NOT_UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"nmae\": 1}| nmae; did you mean name?",
        "{\"topK\": 1}| topK; did you mean top_k?",
        "{\"elsewhere\": 1}| elsewhere"
      })
  void an_unknown_field_is_named_with_the_nearest_one(String body, String told) {
    Problem problem = problem(body);

    assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_FIELD);
    assertThat(problem.values()).containsExactly(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": 7}| name must be a string (got 7)",
        "{\"name\": [1, 2]}| name must be a string (got [2])",
        "{\"name\": \"abcdef\"}| name must be at most 5 characters long (got \"abcdef\")",
        "{\"top_k\": \"3\"}| top_k must be an integer 1..20 (got \"3\")",
        "{\"top_k\": 1.5}| top_k must be an integer 1..20 (got 1.5)",
        "{\"top_k\": 21}| top_k must be an integer 1..20 (got 21)",
        "{\"top_k\": 1e30}| top_k must be an integer 1..20 (got 1E+30)",
        "{\"is_on\": \"yes\"}| is_on must be true, false or null (got \"yes\")",
        "{\"inner\": true}| inner must be an object (got true)",
        "{\"inner\": {\"x\": 2}}| inner.x must be a number 0..1 (got 2)"
      })
  void a_value_that_does_not_fit_is_named_by_its_path_its_rule_and_what_it_is(
      String body, String told) {
    Problem problem = problem(body);

    assertThat(problem.code()).isEqualTo(ProblemCode.VALUE_OUT_OF_RANGE);
    assertThat(ProblemText.of(problem.code(), problem.values(), Locale.ENGLISH).detail())
        .isEqualTo(
            "The value of "
                + told.replace(" must be ", " is missing or not allowed: it must be ")
                + ".");
  }

  @Test
  void no_refusal_shows_more_of_a_value_than_its_beginning() {
    Problem problem = problem("{\"name\": \"" + "x".repeat(5_000) + "\"}");

    assertThat(problem.values().toString()).hasSizeLessThan(400);
  }

  private static JsonFields read(String body) {
    return JsonFields.of(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Problem problem(String body) {
    return catchThrowableOfType(
        Problem.class,
        () -> {
          JsonFields fields = read(body).only(Known.class);
          fields.text("name", 5);
          fields.integer("top_k", 1, 20);
          fields.bool("is_on");
          fields.object("inner").ifPresent(inner -> inner.number("x", 0, 1));
        });
  }
}
