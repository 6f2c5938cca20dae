package dev.zhiku.answering.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LexiconTest {
  private final Lexicon own =
      LexiconLines.read(List.of("年假 = 带薪休假 = annual leave", "显卡 = GPU")).lexicon();

  @Test
  void a_question_is_put_in_the_words_of_the_best_text_that_has_one_of_them() {
    assertThat(own.inWordsOf("年假有几天？", List.of("宿舍守则", "带薪休假为十天。", "年假为五天。")))
        .isEqualTo("带薪休假有几天?");
    assertThat(own.inWordsOf("年假有几天？", List.of("年假与带薪休假"))).isEqualTo("年假有几天？");
    assertThat(own.inWordsOf("年假有几天？", List.of("宿舍守则"))).isEqualTo("年假有几天？");
  }

  @Test
  void words_of_two_languages_stand_for_each_other() {
    assertThat(own.widened("annual leave")).contains("年假", "带薪休假");
    assertThat(own.inWordsOf("GPU温度", List.of("显卡温度不得超过85度。"))).isEqualTo("显卡温度");
    assertThat(own.inWordsOf("GPUs", List.of("显卡"))).isEqualTo("显卡");
  }

  @Test
  void a_word_inside_another_is_none() {
    Lexicon short_ = LexiconLines.read(List.of("art = painting")).lexicon();

    assertThat(short_.widened("the party")).isEqualTo("the party");
  }

  @Test
  void a_verb_is_found_with_what_stands_inside_it() {
    assertThat(Lexicon.ofLanguage().inWordsOf("喝了酒能开车吗", List.of("饮酒后禁止驾车。"))).isEqualTo("饮酒能驾车吗");
  }

  @Test
  void words_of_the_language_stand_for_formal_ones_and_not_the_other_way_round() {
    assertThat(Lexicon.ofLanguage().widened("报销")).isEqualTo("报销");
    assertThat(Lexicon.ofLanguage().widened("去哪里报账")).contains("报销");
  }
}
