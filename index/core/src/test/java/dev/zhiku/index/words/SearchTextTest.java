package dev.zhiku.index.words;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Transliterator;
import com.ibm.icu.text.UnicodeSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SearchTextTest {
  private static final long SEED = 42;

  @Test
  void full_width_forms_capitals_and_traditional_characters_are_found_by_their_plain_ones() {
    assertThat(SearchText.normalize("ＡＢ－１２０３ Pump 設備")).isEqualTo("ab-1203 pump 设备");
    assertThat(SearchText.normalize("山嶽")).isEqualTo("山岳");
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
