package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedLanguageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "zh",
        "zh-CN,zh;q=0.9,en;q=0.8",
        "fr, zh;q=0.4, en;q=0.3",
        "zh-Hans-TW",
        "en;q=0,zh"
      })
  void chinese_is_chosen_where_it_ranks_first_of_the_two(String header) {
    assertThat(AcceptedLanguage.of(header)).isEqualTo(Locale.of("zh"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ZH-Hant-TW",
        "zh-hant",
        "zh-TW,zh;q=0.9,en;q=0.8",
        "zh-HK",
        "fr, zh-MO;q=0.4, zh-CN;q=0.3"
      })
  void chinese_comes_in_the_characters_of_its_script_or_region(String header) {
    assertThat(AcceptedLanguage.of(header)).isEqualTo(Locale.forLanguageTag("zh-Hant"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "en",
        "fr",
        "*",
        "en-US,zh;q=0.9",
        "zh;q=0",
        "zh;q=2",
        "zh;q=x,en",
        ";;;,,",
        "z"
      })
  void english_is_chosen_otherwise_and_for_what_cannot_be_read(String header) {
    assertThat(AcceptedLanguage.of(header)).isEqualTo(Locale.ENGLISH);
  }
}
