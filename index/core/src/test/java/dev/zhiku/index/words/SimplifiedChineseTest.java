package dev.zhiku.index.words;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Transliterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same as ICU, whose rules they are. */
class SimplifiedChineseTest {
  private static final int LAST_IDEOGRAPH = 0x323AF;
  private static final long SEED = 20261121;
  private static final int TEXTS = 500;
  private static final int PARTS = 40;
  private static final Transliterator ICU = Transliterator.getInstance("Traditional-Simplified");

  @Test
  void every_character_becomes_what_icu_makes_of_it() {
    StringBuilder points = new StringBuilder();
    IntStream.rangeClosed(0, LAST_IDEOGRAPH)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .forEach(point -> points.appendCodePoint(point).append('\n'));
    String all = points.toString();
    assertThat(SimplifiedChinese.of(all)).isEqualTo(ICU.transliterate(all));
  }

  @Test
  void phrases_and_parts_of_phrases_become_what_icu_makes_of_them() {
    List<String> rules = ICU.toRules(false).lines().toList();
    Random random = new Random(SEED);
    for (int text = 0; text < TEXTS; text++) {
      StringBuilder made = new StringBuilder();
      for (int part = 0; part < PARTS; part++) {
        String rule = rules.get(random.nextInt(rules.size()));
        String from = rule.substring(0, rule.indexOf(' '));
        made.append(from, 0, 1 + random.nextInt(from.length()));
      }
      assertThat(SimplifiedChinese.of(made.toString()))
          .isEqualTo(ICU.transliterate(made.toString()));
    }
  }

  @Test
  void a_phrase_goes_before_its_characters() {
    assertThat(SimplifiedChinese.of("乾坤乾燥，計畫的畫")).isEqualTo("乾坤干燥，计划的画");
  }
}
