package dev.zhiku.index.words;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Transliterator;
import com.ibm.icu.text.UnicodeSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SearchTextTest {
  private static final long SEED = 42;

  @Test
  void full_width_forms_capitals_and_traditional_characters_are_found_by_their_plain_ones() {
    assertThat(SearchText.normalize("ＡＢ－１２０３ Pump 設備")).isEqualTo("ab-1203 pump 设备");
    assertThat(SearchText.normalize("山嶽")).isEqualTo("山岳");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "合 同 编 号：CF-1 | 合同编号:cf-1",
        "押 金 为 3000 元 | 押金为 3000 元",
        "押 金 为人民币三千元 | 押金 为人民币三千元",
        "姓　　名：周明 性 别：女 | 姓名:周明 性别:女",
        "甲 方（出租人） | 甲方(出租人)",
        "目 錄 | 目录",
        "第一章 总则 | 第一章 总则",
        "周明 女 1990 | 周明 女 1990",
        "三 号泵 | 三 号泵",
        "a b c 甲 d | a b c 甲 d"
      })
  void words_whose_characters_are_set_apart_are_found_whole(String written, String found) {
    assertThat(SearchText.normalize(written)).isEqualTo(found);
  }

  /** Normalising passes over texts that no rule could change; the rules themselves are asked. */
  @Test
  void text_without_a_traditional_character_is_one_that_the_rules_leave_alone() {
    Transliterator rules = Transliterator.getInstance("Traditional-Simplified");
    UnicodeSet changed = rules.getSourceSet();
    Random random = new Random(SEED);
    StringBuilder others = new StringBuilder();
    for (int character = 0x3000; character < 0xA000; character++) {
      if (!changed.contains(character)) {
        others.append((char) character);
      }
    }
    assertThat(others.length()).isGreaterThan(10_000);
    assertThat(rules.transliterate(others.toString())).isEqualTo(others.toString());
    for (int text = 0; text < 50; text++) {
      StringBuilder mixed = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        mixed.append(others.charAt(random.nextInt(others.length())));
      }
      assertThat(rules.transliterate(mixed.toString())).isEqualTo(mixed.toString());
    }
  }
}
