package dev.zhiku.index.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_121L);

  @Test
  void ideographs_give_pairs_and_a_lonely_one_itself() {
    assertThat(Words.of("上海交通，A股").terms()).containsExactly("上海", "海交", "交通", "a", "股");
    assertThat(Words.of("上海交通").characters()).containsExactly("上", "海", "交", "通");
  }

  @Test
  void traditional_full_width_and_capital_letters_make_no_difference() {
    assertThat(Words.of("員工年假 ＡＰＩ Redis")).isEqualTo(Words.of("员工年假 api REDIS"));
  }

  @Test
  void english_words_are_found_by_their_stems_and_as_written() {
    Words words = Words.of("Inspections inspected");

    assertThat(words.terms()).containsExactly("inspect", "inspect");
    assertThat(words.forms()).containsExactly("inspections", "inspected");
  }

  @Test
  void compounds_stay_whole_beside_their_parts() {
    assertThat(Words.of("AB-1203/4").terms())
        .containsExactly("ab", "1203", "4", "ab-1203/4", "ab1203/4");
    assertThat(Words.of("mail to zhang.wei@example.com.").terms())
        .contains("zhang.wei@example.com");
    assertThat(Words.of("v2.3.1, then").terms()).contains("v2.3.1").doesNotContain("v2.3.1,");
    assertThat(Words.of("C++ and C#").terms()).contains("c++", "c#");
  }

  @Test
  void a_hyphen_makes_no_difference() {
    for (String[] pair :
        new String[][] {
          {"Wi-Fi", "wifi"},
          {"e-mails", "emails"},
          {"log-ins", "login"},
          {"KX-25", "KX25"},
          {"follow-up", "followup"},
          {"on_line", "online"},
          {"Check-Ins", "checkin"}
        }) {
      assertThat(Words.of(pair[0]).terms()).containsAll(Words.of(pair[1]).terms());
    }
  }

  @Test
  void letters_and_a_number_are_found_together_and_apart() {
    assertThat(Words.of("FY2022").terms()).containsExactly("fy2022", "fy", "2022");
    assertThat(Words.of("KX-25").terms()).contains("kx", "25", "kx25");
    assertThat(Words.of("60mm").terms()).containsExactly("60mm", "60", "mm");
    assertThat(Words.of("展位KITE2027在").terms()).contains("kite2027", "kite", "2027");
    assertThat(Words.of("A4 C3PO 4f3a2b p1").terms()).containsExactly("a4", "c3po", "4f3a2b", "p1");
  }

  @Test
  void thousands_are_one_number_and_lists_are_not() {
    assertThat(Words.of("1,234,567 yuan").terms()).contains("1234567");
    assertThat(Words.of("2023,2024").terms()).containsExactly("2023", "2024");
  }

  @Test
  void apostrophes_do_not_cut_words() {
    assertThat(Words.of("company's").terms())
        .isEqualTo(Words.of("company’s").terms())
        .isEqualTo(Words.of("company").terms());
  }

  @Test
  void articles_are_found_however_their_number_is_written() {
    assertThat(Words.of("第十七条").terms()).contains("第17条");
    assertThat(Words.of("第 17 條").terms()).contains("第17条");
    assertThat(Words.of("第一百二十三章").terms()).contains("第123章");
    assertThat(Words.of("第二〇二六号").terms()).contains("第2026号");
    assertThat(Words.of("第一万零三百页").terms()).contains("第10300页");
  }

  @Test
  void words_beyond_the_limit_are_left_out_and_their_parts_stay() {
    String part = "a".repeat(Words.MAX_WORD_CHARS);

    assertThat(Words.of(part + "a").terms()).isEmpty();
    assertThat(Words.of(part + "-x").terms()).containsExactly(part, "x");
  }

  @Test
  void a_question_loses_the_words_that_only_ask() {
    assertThat(Words.ofQuestion("What is the capacity of the pump?").terms())
        .containsExactly("capac", "pump");
    assertThat(Words.ofQuestion("水泵的容量是多少？").terms()).contains("水泵", "容量").doesNotContain("多少");
    assertThat(Words.ofQuestion("What is it?").terms()).isNotEmpty();
  }

  @Test
  void any_text_is_cut_into_words_without_blanks() {
    Random random = new Random(SEED);
    for (int run = 0; run < 2_000; run++) {
      String text = text(random);
      Words words = Words.of(text);
      for (List<String> each : List.of(words.terms(), words.forms(), words.characters())) {
        assertThat(each).as("seed %d, text %s", SEED, text).noneMatch(String::isBlank);
      }
    }
  }

  /** Letters, signs, ideographs, marks, halves of surrogate pairs. */
  private static String text(Random random) {
    String alphabet = "aB9 -_./@:+#&\\',’第十七条上海〇々ーアเ한é\u0301\uD83D\uDE00\uD800";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
