package dev.zhiku.index.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
  private static final Messages MESSAGES = new Messages("dev.zhiku.index.message.spoken");

  @Test
  void a_value_takes_its_place_in_each_language() {
    assertThat(MESSAGES.phrase("held", "a.txt"))
        .isEqualTo(new Phrase("The file's name is a.txt.", "文件名为 a.txt。", "檔名為 a.txt。"));
  }

  @Test
  void apostrophes_stand_for_themselves_and_quoted_braces_for_braces() {
    assertThat(MESSAGES.text(Locale.ENGLISH, "braces", 1))
        .isEqualTo("It's {\"n\": 1}, the clients' own");
  }

  @Test
  void numbers_are_digits_alone_unless_the_pattern_says_how() {
    assertThat(MESSAGES.text(Locale.ENGLISH, "held", 12_345)).contains("12345.");
    assertThat(MESSAGES.text(Locale.ENGLISH, "grouped", 12_345)).isEqualTo("12,345 bytes");
    assertThat(MESSAGES.text(Locale.ENGLISH, "parts", 1)).isEqualTo("1 part");
    assertThat(MESSAGES.text(Locale.ENGLISH, "parts", 1_200)).isEqualTo("1200 parts");
    assertThat(MESSAGES.text(Locale.CHINESE, "parts", 1_200)).isEqualTo("1200 处");
  }

  @Test
  void values_that_look_like_patterns_stay_as_they_are() {
    assertThat(MESSAGES.text(Locale.ENGLISH, "held", "{0} 'n' {1}")).contains("is {0} 'n' {1}.");
  }

  @Test
  void phrases_and_lists_come_in_the_language_of_their_sentence() {
    Phrase name = new Phrase("both", "两者", "兩者");

    assertThat(MESSAGES.phrase("held", List.of("a", name)))
        .isEqualTo(new Phrase("The file's name is a, both.", "文件名为 a、两者。", "檔名為 a、兩者。"));
  }

  @ParameterizedTest
  @CsvSource({
    "zh, 文件名为 1。",
    "zh-CN, 文件名为 1。",
    "zh-SG, 文件名为 1。",
    "zh-Hans-HK, 文件名为 1。",
    "zh-TW, 檔名為 1。",
    "zh-HK, 檔名為 1。",
    "zh-MO, 檔名為 1。",
    "zh-Hant, 檔名為 1。",
    "zh-Hant-CN, 檔名為 1。",
    "en-GB, The file's name is 1.",
    "de, The file's name is 1.",
    "und, The file's name is 1."
  })
  void a_locale_gets_the_language_nearest_to_it(String tag, String sentence) {
    Locale locale = Locale.forLanguageTag(tag);

    assertThat(MESSAGES.text(locale, "held", 1)).isEqualTo(sentence);
    assertThat(MESSAGES.phrase("held", 1).in(locale)).isEqualTo(sentence);
  }

  @Test
  void a_key_that_is_not_there_is_a_fault_of_the_program() {
    assertThatThrownBy(() -> MESSAGES.phrase("nothing"))
        .isInstanceOf(MissingResourceException.class);
  }
}
