package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
