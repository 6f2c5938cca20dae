package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotesTest {
  @Test
  void a_line_break_between_ideographs_means_nothing() {
    assertThat(Quotes.onOneLine("员工每年\n 有年假 15\n天")).isEqualTo("员工每年有年假 15 天");
    assertThat(Quotes.onOneLine("甲方  乙方")).isEqualTo("甲方 乙方");
    assertThat(Quotes.onOneLine("two\r\n  words")).isEqualTo("two words");
  }

  @Test
  void white_space_does_not_keep_a_quote_from_standing_in_its_text() {
    assertThat(Quotes.standsIn("every part of it", "…every  part\nof it…")).isTrue();
  }

  @Test
  void another_figure_or_nothing_at_all_stands_nowhere() {
    assertThat(Quotes.standsIn("15 days", "25 weeks or 16 days")).isFalse();
    assertThat(Quotes.standsIn(" ", "a text")).isFalse();
  }
}
