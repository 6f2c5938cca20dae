package dev.zhiku.answering.question;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"价格 2.6 元|2", "at 10:18|18", "clause 17.2|17"})
  void a_part_of_a_number_is_not_held(String text, String part) {
    assertThat(HeldWords.in(text)).doesNotContain(part);
  }

  @Test
  void whole_numbers_and_what_stands_between_them_are_held_in_order() {
    assertThat(HeldWords.in("2号楼 2.6")).containsExactly("2", "号楼", "2.6");
    assertThat(HeldWords.in("clause 17.2 of 2026-03-14")).contains("17.2", "2026", "14");
  }
}
