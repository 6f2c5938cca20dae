package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotableSentencesTest {
  @Test
  void chinese_sentences_end_at_their_marks_with_closing_quotes() {
    assertThat(split("他说：“好！”然后走了。还有吗？没有")).containsExactly("他说：“好！”", "然后走了。", "还有吗？", "没有");
  }

  @Test
  void english_abbreviations_and_figures_end_no_sentence() {
    assertThat(split("Dr. Lee paid 3.5 million dollars. Mr. Wu did not."))
        .containsExactly("Dr. Lee paid 3.5 million dollars.", "Mr. Wu did not.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The judge was Dr. J. R. Penhaligon, and the clerk was B. Q. Ferris.",
        "The U.S. Navy bought it from Lt. Col. P. Brandt.",
        "He lived in Washington, D.C. Rosters are kept by Sgt. Miller.",
        "The service runs on .NET Core 8 and on Node.js servers.",
        "He shouted \"Stop! Turn back!\" and ran.",
        "The form (see Annex B. Item 4 applies.) is sent to the office.",
        "“Ready! Steady! Go!” is the motto of the club.",
        "后端部署在 .NET Core 环境，日志写入 app.log 文件。",
        "口号是“快！准！稳！”，由市场部制定。",
        "口号“快！准！稳！”由市场部制定。",
        "鹰类平台（详见附录。）的负责人是云梦泽。",
        "《你好！明天》的作者是沈从周。",
        "1. Switch it off.",
        "(2) Hold the key.",
        "主讲人为 J. K. Rowan 教授。"
      })
  void initials_names_quotations_and_brackets_are_not_torn(String sentence) {
    assertThat(split(sentence)).containsExactly(sentence);
  }

  @Test
  void what_is_quoted_as_a_sentence_of_its_own_still_ends_one() {
    assertThat(split("She lives in the U.S. The office is in Ohio."))
        .containsExactly("She lives in the U.S.", "The office is in Ohio.");
    assertThat(split("本条适用。（见附录。）下一条不适用。")).containsExactly("本条适用。", "（见附录。）", "下一条不适用。");
    assertThat(split("He said: \"Go.\" Then he left."))
        .containsExactly("He said: \"Go.\"", "Then he left.");
    assertThat(split("It weighs 5 kg. Pumps weigh more. It needs 18 Nm. Pumps do not."))
        .containsExactly(
            "It weighs 5 kg.", "Pumps weigh more.", "It needs 18 Nm.", "Pumps do not.");
    assertThat(split("It is 5\" wide. The other is 6\" wide."))
        .containsExactly("It is 5\" wide.", "The other is 6\" wide.");
  }

  @Test
  void a_line_that_ends_with_an_initial_runs_on() {
    String wrapped =
        "The committee was led for many years by Dr. J.\nR. Penhaligon. It met monthly.";

    assertThat(split(wrapped))
        .containsExactly(
            "The committee was led for many years by Dr. J.\nR. Penhaligon.", "It met monthly.");
  }

  @Test
  void list_items_and_table_rows_stand_by_themselves() {
    assertThat(split("Bring:\n- goggles\n- gloves\nName | Price\nPump | 12"))
        .containsExactly("Bring:", "- goggles", "- gloves", "Name | Price", "Pump | 12");
  }

  @Test
  void a_line_broken_by_a_full_page_runs_on() {
    String wrapped = "The warranty covers every part of the machine except\nthe filters. Ask us.";

    assertThat(split(wrapped))
        .containsExactly(
            "The warranty covers every part of the machine except\nthe filters.", "Ask us.");
  }

  @Test
  void nothing_but_white_space_is_left_out() {
    String text = "  一。\n\n 二 three. Four!\n\n• five ";

    assertThat(String.join("", split(text)).replaceAll("\\s", ""))
        .isEqualTo(text.replaceAll("\\s", ""));
    assertThat(QuotableSentences.of(" \n ")).isEmpty();
  }

  private static List<String> split(String text) {
    return QuotableSentences.of(text).stream().map(span -> span.in(text)).toList();
  }
}
