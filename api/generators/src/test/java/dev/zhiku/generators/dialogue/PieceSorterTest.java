package dev.zhiku.generators.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PieceSorterTest {
  private static final Prompt.Limits LIMITS = new Prompt.Limits(100, 100, Duration.ofSeconds(1));
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();

  @Test
  void tags_are_found_wherever_the_pieces_are_cut() {
    String written = "<think>Let me look.</think>\n\nFifteen days.";
    for (int size = 1; size <= written.length(); size++) {
      assertThat(sort(false, Finish.STOP, pieces(written, size))).isEqualTo(Finish.STOP);
      assertThat(text.toString()).as("pieces of %d", size).isEqualTo("Fifteen days.");
      assertThat(reasoning.toString()).isEqualTo("Let me look.");
    }
  }

  @Test
  void an_opening_tag_that_is_left_out_is_noticed_at_the_closing_one() {
    PieceSorter sorter = sorter(false);
    sorter.content("Let me look.</think>Fifteen days.");
    sorter.end(Finish.STOP);

    assertThat(reasoning.toString()).isEqualTo("Let me look.");
    assertThat(text.toString()).isEqualTo("Fifteen days.");
    assertThat(sorter.leftOutTag()).isTrue();
  }

  @Test
  void of_a_model_that_leaves_it_out_no_reasoning_is_taken_for_the_answer() {
    sort(true, Finish.STOP, "Let me ", "look.</think>", "Fifteen days.");

    assertThat(reasoning.toString()).isEqualTo("Let me look.");
    assertThat(text.toString()).isEqualTo("Fifteen days.");
  }

  @Test
  void such_a_model_that_answers_without_thinking_has_answered() {
    assertThat(sort(true, Finish.STOP, "Fifteen days.")).isEqualTo(Finish.STOP);

    assertThat(text.toString()).isEqualTo("Fifteen days.");
    assertThat(reasoning.toString()).isEmpty();
  }

  @Test
  void such_a_model_may_open_the_tag_all_the_same() {
    sort(true, Finish.STOP, "\n<think>", "Let me look.</think>Fifteen days.");

    assertThat(reasoning.toString()).isEqualTo("Let me look.");
    assertThat(text.toString()).isEqualTo("Fifteen days.");
  }

  @Test
  void reasoning_that_is_never_closed_is_no_answer() {
    assertThat(sort(false, Finish.LENGTH, "<think>on and on")).isEqualTo(Finish.EXHAUSTED);

    assertThat(text.toString()).isEmpty();
  }

  @Test
  void nested_tags_are_one_reasoning() {
    sort(false, Finish.STOP, "<think>a<think>b</think>c</think>d");

    assertThat(reasoning.toString()).isEqualTo("abc");
    assertThat(text.toString()).isEqualTo("d");
  }

  @Test
  void an_inner_tag_that_is_never_closed_does_not_swallow_the_answer() {
    assertThat(sort(false, Finish.STOP, "<think>a<think>b</think>Fifteen.")).isEqualTo(Finish.STOP);

    assertThat(reasoning.toString()).isEqualTo("ab");
    assertThat(text.toString()).isEqualTo("Fifteen.");
  }

  @Test
  void empty_reasoning_is_none() {
    sort(false, Finish.STOP, "<think>\n\n</think>\n\nFifteen.");

    assertThat(reasoning.toString()).isEmpty();
    assertThat(text.toString()).isEqualTo("Fifteen.");
  }

  @Test
  void an_angle_bracket_alone_is_text() {
    sort(false, Finish.STOP, "1 <", " 2 <t", "wo <thin");

    assertThat(text.toString()).isEqualTo("1 < 2 <two <thin");
  }

  @Test
  void nothing_at_all_is_a_refusal() {
    assertThat(sort(false, Finish.STOP)).isEqualTo(Finish.DECLINED);
  }

  @Test
  void each_channel_has_its_own_budget() {
    PieceSorter sorter = sorter(false);
    sorter.reasoning("r".repeat(101));
    assertThat(sorter.isFull()).isTrue();

    PieceSorter answering = sorter(false);
    answering.reasoning("r".repeat(100));
    answering.content("t".repeat(100));
    assertThat(answering.isFull()).isFalse();
    answering.content("t");
    assertThat(answering.isFull()).isTrue();
  }

  @Test
  void of_one_huge_piece_no_more_is_handed_over_than_the_budget_and_a_part_of_it() {
    PieceSorter sorter = sorter(false);

    sorter.reasoning("r".repeat(500_000));
    sorter.content("<think>" + "r".repeat(500_000) + "</think>" + "字".repeat(500_000));

    assertThat(sorter.isFull()).isTrue();
    assertThat(reasoning.length()).isBetween(101, 100 + 256);
    assertThat(text.length()).isBetween(101, 100 + 256);
  }

  private static String[] pieces(String text, int size) {
    return text.split("(?<=\\G(?s:.{" + size + "}))", -1);
  }

  private Finish sort(boolean opensSilently, Finish finish, String... parts) {
    PieceSorter sorter = sorter(opensSilently);
    for (String part : parts) {
      sorter.content(part);
    }
    return sorter.end(finish);
  }

  private PieceSorter sorter(boolean opensSilently) {
    text.setLength(0);
    reasoning.setLength(0);
    return new PieceSorter(LIMITS, opensSilently, String::length, this::take);
  }

  private void take(Piece piece) {
    switch (piece) {
      case Piece.Text part -> text.append(part.text());
      case Piece.Reasoning part -> reasoning.append(part.text());
      case Piece.Sorted sorted -> {
        text.setLength(0);
        text.append(sorted.text());
        reasoning.setLength(0);
        reasoning.append(sorted.reasoning());
      }
    }
  }
}
