package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntroductionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "According to the visitor rules, dogs stay outside.; dogs stay outside.",
        "Short answer: seven years.; seven years.",
        "根据员工手册，年假 15 天。; 年假 15 天。",
        "医院定了两个目标：全院不低于 85%。; 全院不低于 85%。",
        "There are two limits: 25 MB and 40 MB.; 25 MB and 40 MB."
      })
  void what_a_sentence_says_of_its_source_is_no_part_of_its_claim(String sentence, String claim) {
    assertThat(Introductions.without(sentence)).isEqualTo(claim);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "根据工龄，年假有 10 至 15 天。",
        "According to Nadia, dogs stay outside.",
        "Managers: 300 yuan.",
        "The refund is 500 euros in two cases: illness and moving.",
        "罚款 800 元，分三种情况：迟到、旷工、早退。",
        "罚款八百元分三种情况：迟到、旷工、早退。",
        "主管：三号楼。"
      })
  void a_condition_a_person_a_label_and_a_figure_are_part_of_it(String sentence) {
    assertThat(Introductions.without(sentence)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Here is what the guide says about lost tokens.",
        "Let me answer this from the pump manual.",
        "您问的是负责上报可疑交易的人。",
        "关于工卡遗失的问题，手册里有明确规定。"
      })
  void a_sentence_that_announces_an_answer_claims_nothing(String sentence) {
    assertThat(Introductions.isOne(sentence)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A lost token is reported at once.", "遗失工卡要当天报告。"})
  void a_statement_is_none(String sentence) {
    assertThat(Introductions.isOne(sentence)).isFalse();
  }
}
