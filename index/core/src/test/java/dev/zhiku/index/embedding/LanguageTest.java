package dev.zhiku.index.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "年假有幾天？",
        "颱風天是否要上班？",
        "里長的任期是多久？請說明",
        "后里廠區的開放時間",
        "皇后大道東的辦公室幾點關門",
        "干擾訊號如何處理",
        "台北辦事處的電話",
        "PX-200 的按鍵怎麼鎖定",
        "出差報銷要附哪些單據"
      })
  void questions_in_traditional_characters_are_answered_in_them(String question) {
    assertThat(Language.localeOf(question).toLanguageTag()).isEqualTo("zh-Hant");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "年假有几天？",
        "台风天是否要上班？",
        "皇后大道东的办公室几点关门",
        "乾隆年间的著作有哪些规定",
        "公司地址在哪里",
        "加班工资怎么算",
        "PX-200 的按键怎么锁定",
        "核心时段是几点到几点"
      })
  void questions_in_simplified_characters_and_in_characters_of_both_are_in_simplified_ones(
      String question) {
    assertThat(Language.localeOf(question).toLanguageTag()).isEqualTo("zh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"VPN 怎么连？", "pump 多久加一次油", "What is 泵 for?", "重启 falcon"})
  void words_of_both_languages_are_told(String question) {
    assertThat(Language.isMixed(question)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "42", "年假有几天？", "A栋在哪里", "B1 层有什么", "How many days off?"})
  void a_single_letter_beside_han_characters_is_no_word(String question) {
    assertThat(Language.isMixed(question)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "How many days off?", "Qu'est-ce que c'est ?", "42"})
  void all_else_is_answered_in_english(String question) {
    assertThat(Language.localeOf(question).toLanguageTag()).isEqualTo("en");
  }
}
