package dev.zhiku.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent.Failed;
import dev.zhiku.index.Filter;
import dev.zhiku.index.embedding.Language;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class AnswerCodesTest {
  private static final Locale TRADITIONAL = Locale.forLanguageTag("zh-Hant-TW");

  @ParameterizedTest
  @EnumSource
  void every_warning_has_a_sentence_in_both_languages(WarningCode code) {
    Warning warning = Warning.of(code, 1, 2);

    assertThat(warning.in(Locale.ENGLISH)).isNotBlank();
    assertThat(warning.in(Locale.CHINESE)).isNotBlank().isNotEqualTo(warning.in(Locale.ENGLISH));
    assertThat(warning.in(TRADITIONAL)).isNotBlank().isNotEqualTo(warning.in(Locale.ENGLISH));
  }

  @Test
  void names_in_a_warning_are_told_one_after_the_other() {
    Warning warning = Warning.of(WarningCode.OTHER_LANGUAGE, 12, List.of("Lease", "Manual"));

    assertThat(warning.in(Locale.ENGLISH)).startsWith("12 documents").contains("(Lease, Manual)");
    assertThat(warning.in(Locale.CHINESE)).contains("12 份", "Lease、Manual", "zhiku.embedding");
  }

  @ParameterizedTest
  @EnumSource(names = {"STOPPED", "INTERNAL_ERROR"})
  void an_end_from_outside_is_told_in_the_askers_language(FailureCode code) {
    Failed english = Failed.of("q_1", code, Locale.ENGLISH);
    Failed chinese = Failed.of("q_1", code, Locale.CHINESE);

    assertThat(List.of(english.detail(), english.remedy())).noneMatch(String::isBlank);
    assertThat(chinese.detail()).isNotBlank().isNotEqualTo(english.detail());
    assertThat(chinese.remedy()).isNotBlank().isNotEqualTo(english.remedy());
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NO_MODEL", "STOPPED", "INTERNAL_ERROR"})
  void a_model_asked_alone_fails_with_a_way_out_in_the_language_of_the_question(FailureCode code) {
    Failed english = AnswerFailures.unanswered(chat("Who are you?"), code);
    Failed chinese = AnswerFailures.unanswered(chat("你是谁？"), code);

    assertThat(List.of(english.detail(), english.remedy())).noneMatch(String::isBlank);
    assertThat(chinese.detail()).isNotBlank().isNotEqualTo(english.detail());
    assertThat(chinese.remedy()).isNotBlank().isNotEqualTo(english.remedy());
  }

  private static AnswerDraft chat(String text) {
    return AnswerDraft.unsearched(
        new Question(
            text, 6, Question.Mode.CHAT, false, new Filter.All(), List.of(), Locale.ENGLISH),
        System.nanoTime());
  }

  @ParameterizedTest
  @CsvSource({
    "年假有幾天？, 資料中沒有能回答這個問題的內容。",
    "年假有几天？, 资料中没有能回答这个问题的内容。",
    "How many days off?, The documents hold nothing that answers this question."
  })
  void that_nothing_answers_is_said_in_the_characters_of_the_question(
      String question, String said) {
    assertThat(AnswerTexts.noEvidence(Language.localeOf(question))).isEqualTo(said);
  }
}
