package dev.zhiku.generators.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Kind;
import dev.zhiku.index.TextBlock.Origin;
import dev.zhiku.index.embedding.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageUnitsTest {
  private final StringBuilder text = new StringBuilder();
  private final List<TextBlock> blocks = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HEADING | 关于 2026 年第 3 季度安全检查的通知。 | HEADING",
        "HEADING | What is the deposit? | QUESTION",
        "HEADING | Bring the following: | ANNOUNCEMENT",
        "PARAGRAPH | The fee is 30. | SENTENCE",
        "ROW | Part: X-2 | MEMBER",
        "ROW | 备注: 是否含税？ | MEMBER",
        "CODE | pump start | SENTENCE",
        "CAPTION | Table 4 Torque of screws | HEADING",
        "CAPTION | The valve closes at 4 bar. | SENTENCE"
      })
  void what_the_document_says_of_a_block_goes_before_its_looks(
      Kind block, String words, UnitKind kind) {
    add(Kind.PARAGRAPH, "Before it stands a sentence.");
    add(block, words);
    add(Kind.PARAGRAPH, "Behind it stands another one.");
    assertThat(units().get(1).kind()).isEqualTo(kind);
  }

  @Test
  void the_headings_above_a_block_count_though_they_stand_in_another_passage() {
    add(Kind.PARAGRAPH, "It costs 30.", "Prices", "Valves");
    assertThat(units().getFirst().section()).containsAll(PassageUnits.terms("prices valves"));
  }

  @Test
  void a_row_and_a_heading_are_one_unit_and_sentences_end_with_their_block() {
    add(Kind.HEADING, "1. Safety. Use. Care");
    add(Kind.ROW, "Part: X-2. Made in Ulm. | Price: 12");
    add(Kind.PARAGRAPH, "这一行写得很长而且没有句号因为它是一个独立的段落");
    add(Kind.PARAGRAPH, "这是下一段。它有两句。");
    assertThat(units().stream().map(Quotable::text))
        .containsExactly(
            "1. Safety. Use. Care",
            "Part: X-2. Made in Ulm. | Price: 12",
            "这一行写得很长而且没有句号因为它是一个独立的段落",
            "这是下一段。",
            "它有两句。");
  }

  private List<Quotable> units() {
    return PassageUnits.of(new Prompt.Source(1, "notes", text.toString(), 1, blocks));
  }

  private void add(Kind kind, String words, String... heading) {
    text.append(text.isEmpty() ? "" : "\n");
    int start = text.length();
    text.append(words);
    blocks.add(
        new TextBlock(
            kind,
            start,
            text.length(),
            List.of(heading),
            Optional.empty(),
            List.of(),
            Language.ENGLISH,
            Origin.NONE));
  }
}
