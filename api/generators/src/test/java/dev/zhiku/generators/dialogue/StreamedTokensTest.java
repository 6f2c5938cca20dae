package dev.zhiku.generators.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamedTokensTest {
  private static int counted(Iterable<String> pieces) {
    StreamedTokens tokens = new StreamedTokens();
    int sum = 0;
    for (String piece : pieces) {
      sum += tokens.applyAsInt(piece);
    }
    return sum;
  }

  @Test
  void words_that_come_one_by_one_count_about_once() {
    String text = "The cooling pump needs oil every month, and so does its motor. ".repeat(40);
    int words = text.split(" ").length;

    int counted = counted(List.of(text.split("(?= )")));

    assertThat(counted).isCloseTo(words + 80, within(words / 10));
  }

  @Test
  void digits_that_come_one_by_one_count_once() {
    int counted = counted(List.of("0123456789".repeat(100).split("")));

    assertThat(counted).isCloseTo(1_000, within(50));
  }

  @Test
  void a_text_in_one_piece_counts_as_it_does_in_many() {
    String text = "正式员工每年享有十五天带薪年假，试用期员工不享有。".repeat(20);

    assertThat(counted(List.of(text.split(""))))
        .isCloseTo(counted(List.of(text)), within(counted(List.of(text)) / 10));
  }
}
