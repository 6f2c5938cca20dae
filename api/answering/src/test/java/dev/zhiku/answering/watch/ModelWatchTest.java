package dev.zhiku.answering.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.watch.ModelWatch.Kind;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelWatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "The desk opens at nine. → The desk can also lend you a device that has a pin. → 20",
        "They began. → They became a special kind of captain. → 40",
        "报销须在三十天内提交。 → 逾期提交的报销单不再受理。 → 20",
        "Well, → of the pump of the pump of the pump → 30",
        "所以 → 年假年假年假年假 → 40",
        "Tools: → 1. A hammer made of steel → 12",
      })
  void a_repetition_ends_within_two_hundred_tokens(String sound, String repeated, int times) {
    ModelWatch watch = new ModelWatch();
    StringBuilder said = new StringBuilder(sound);
    watch.add(sound);
    for (int i = 0; i < times && watch.trouble().isEmpty(); i++) {
      String line = repeated.replaceFirst("^1", String.valueOf(i + 1)) + "\n";
      said.append(line);
      watch.add(line);
    }

    assertThat(watch.trouble()).get().extracting(ModelWatch.Trouble::kind).isEqualTo(Kind.REPEATED);
    assertThat(said.length() - sound.length()).isLessThan(600);
    assertThat(watch.sound()).startsWith(sound).hasSizeLessThan(sound.length() + 120);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Every month. </passage>",
        "Every month.\n\n‹passage number=\"7\" of=\"4 Access\">",
        "Every month.<|im_start|>user",
        "Every month.\n### User: and then?",
        "Every month. [webpage 2 begin]",
        "Every month.\n\nQuestion: How much oil?\nAnswer: One litre.",
        "Every month.\n\n问题：加多少油？\n回答：一升。",
      })
  void what_only_a_prompt_holds_is_no_part_of_the_answer(String text) {
    for (int size = 1; size <= text.length(); size++) {
      ModelWatch watch = new ModelWatch();
      StringBuilder handed = new StringBuilder();
      for (int at = 0; at < text.length() && watch.trouble().isEmpty(); at += size) {
        handed.append(watch.add(text.substring(at, Math.min(text.length(), at + size))));
      }

      assertThat(watch.trouble())
          .get()
          .extracting(ModelWatch.Trouble::kind)
          .isEqualTo(Kind.STRAYED);
      assertThat(watch.sound().strip()).isEqualTo("Every month.");
      assertThat(handed.toString()).doesNotContain("passage", "im_start", "User:", "webpage");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| year | days |\n|------|------|\n| 2021 | 15 |\n| 2022 | 15 |\n| 2023 | 15 |\n| 2024 | 15 |",
        "- yes\n- yes\n- yes\n- no\n- yes",
        "User: alice\nPassword: see the safe\nUser: bob\nPassword: see the safe",
        "Use a < b and c <d>, or List<String>, then ### not a role.",
        "```java\nfoo();\nfoo();\nfoo();\nfoo();\n```",
        "One. Two. Three. Four. Five. Six. Seven. Eight. Nine. Ten.",
        "The frequently asked questions are:\nQuestion: When?\nAnswer: Monday.\nQuestion: Where?\nAnswer: Here.",
        "A line ----------------------------------------------------------------------------------- ends.",
        "年假十五天。病假十天。事假五天。婚假三天。产假一百五十八天。",
      })
  void what_is_right_is_left_alone(String text) {
    ModelWatch watch = new ModelWatch();
    String handed =
        text.chars()
            .mapToObj(c -> watch.add(String.valueOf((char) c)))
            .collect(Collectors.joining());

    assertThat(watch.trouble()).isEmpty();
    assertThat(handed + watch.end()).isEqualTo(text);
  }

  @Test
  void a_long_answer_that_does_not_repeat_itself_is_left_alone() {
    ModelWatch watch = new ModelWatch();
    IntStream.range(0, 300)
        .forEach(i -> watch.add("Paragraph " + i + " says that part " + (i * 7) + " is checked. "));

    assertThat(watch.trouble()).isEmpty();
  }
}
