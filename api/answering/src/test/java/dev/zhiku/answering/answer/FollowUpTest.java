package dev.zhiku.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.chat.Turn;
import dev.zhiku.index.Filter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpTest {
  @ParameterizedTest
  @CsvSource({"正式员工有几天年假？,那实习生呢？", "How long is the leave?,And for part-timers?"})
  void a_question_that_points_back_is_searched_with_the_one_before(String before, String now) {
    assertThat(FollowUp.standalone(ask(now, before))).isEqualTo(before + " " + now);
  }

  @ParameterizedTest
  @CsvSource({
    "外语学院在几号楼？,有哪些专业？",
    "外语学院在几号楼？,怎么申请？",
    "Where is the language school?,Which courses are there?",
    "Where is the language school?,How many students?"
  })
  void a_question_that_names_nothing_carries_the_topic_on(String before, String now) {
    assertThat(FollowUp.standalone(ask(now, before))).isEqualTo(before + " " + now);
  }

  @ParameterizedTest
  @ValueSource(strings = {"打印机在哪里？", "Where is the printer?", "怎么申请外语学院的宿舍？"})
  void a_question_of_its_own_is_left_alone(String now) {
    assertThat(FollowUp.standalone(ask(now, "正式员工有几天年假？"))).isEqualTo(now);
  }

  @ParameterizedTest
  @ValueSource(strings = {"那实习生呢？", "And for part-timers?"})
  void without_a_conversation_there_is_nothing_to_add(String now) {
    Question question =
        new Question(
            now, 6, Question.Mode.ANSWER, false, new Filter.All(), List.of(), Locale.ENGLISH);

    assertThat(FollowUp.standalone(question)).isEqualTo(now);
  }

  private static Question ask(String now, String before) {
    return new Question(
        now,
        6,
        Question.Mode.ANSWER,
        false,
        new Filter.All(),
        List.of(new Turn(Turn.Role.USER, before), new Turn(Turn.Role.ASSISTANT, "15")),
        Locale.ENGLISH);
  }
}
