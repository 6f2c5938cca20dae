package dev.zhiku.answering.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.words.Words;
import org.junit.jupiter.api.Test;

final class GeneralRarityTest {
  @Test
  void everyday_words_say_less_than_rare_ones_and_these_less_than_names() {
    assertThat(of("时间")).isLessThan(of("半夜"));
    assertThat(of("半夜")).isLessThan(of("鸢尾"));
    assertThat(of("桤衮")).isEqualTo(1);
    assertThat(of("people")).isLessThan(of("dormitory"));
    assertThat(of("dormitory")).isLessThan(of("zorkmeeting"));
    assertThat(of("zorkmeeting")).isEqualTo(1);
  }

  @Test
  void every_word_says_something() {
    for (String word : new String[] {"the", "we", "我们", "可以"}) {
      assertThat(of(word)).isBetween(0.3, 0.5);
    }
  }

  private static double of(String word) {
    return GeneralRarity.of(Words.of(word).terms().getFirst());
  }
}
