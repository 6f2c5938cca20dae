package dev.zhiku.answering.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTextTest {
  private static final List<Object> VALUES = List.of("first", "second");

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void every_code_says_what_happened_and_the_way_out_in_both_languages(ProblemCode code) {
    ProblemText english = ProblemText.of(code, VALUES, Locale.ENGLISH);
    ProblemText chinese = ProblemText.of(code, VALUES, Locale.CHINESE);

    for (String text : parts(english)) {
      assertThat(text)
          .isNotBlank()
          .doesNotContain("{")
          .isPrintable()
          .doesNotMatch(".*\\p{IsHan}.*");
    }
    for (String text : parts(chinese)) {
      assertThat(text).doesNotContain("{").matches("(?s).*\\p{IsHan}.*");
    }
  }

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void a_missing_value_leaves_no_trace_of_its_place(ProblemCode code) {
    assertThat(parts(ProblemText.of(code, List.of(), Locale.ENGLISH)))
        .noneMatch(text -> text.contains("{0}"));
  }

  @Test
  void a_value_from_outside_is_one_short_line() {
    String hostile = "a\r\nb\u202ec" + "知".repeat(500);
    String detail =
        ProblemText.of(ProblemCode.UNKNOWN_FIELD, List.of(hostile), Locale.ENGLISH).detail();

    assertThat(detail)
        .startsWith("There is no field or parameter named a  b c知")
        .hasSizeLessThan(260);
  }

  @Test
  void a_long_value_is_never_cut_inside_a_character() {
    String value = "x".repeat(199) + "𠮷𠮷";
    String detail =
        ProblemText.of(ProblemCode.UNKNOWN_FIELD, List.of(value), Locale.ENGLISH).detail();

    assertThat(detail).contains("x".repeat(199) + "….");
  }

  private static Set<String> parts(ProblemText text) {
    return Set.of(text.title(), text.detail(), text.remedy());
  }
}
