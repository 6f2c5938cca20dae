package dev.zhiku.ingest.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Passage;
import dev.zhiku.index.TextBlock;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Block.Paragraph;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.Block.Row;
import dev.zhiku.ingest.extract.Extracted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableCaptionsTest {
  private static final DocumentId DOCUMENT = DocumentId.random();

  @Test
  void rows_know_the_caption_above_them_in_later_passages_too() {
    List<Block> blocks = new ArrayList<>(List.of(text("Table 3. Error codes")));
    for (int i = 0; i < 90; i++) {
      blocks.add(row("E" + i, "The pump number " + i + " stops and has to be started by hand"));
    }
    List<Chunk> chunks = split(blocks);
    assertThat(chunks).hasSizeGreaterThan(2);
    assertThat(chunks.stream().flatMap(c -> leads(c.passage())))
        .hasSize(90)
        .containsOnly(Optional.of("Table 3. Error codes"));
    assertThat(chunks.getFirst().passage().location().heading()).isEmpty();
    assertThat(chunks.subList(1, chunks.size()))
        .allSatisfy(
            chunk -> {
              assertThat(chunk.passage().location().heading())
                  .containsExactly("Table 3. Error codes");
              assertThat(chunk.embeddedText()).startsWith("Table 3. Error codes\n");
            });
  }

  @Test
  void a_caption_below_belongs_to_the_rows_above_unless_a_table_follows_it() {
    assertThat(leads(row("甲", "一"), row("乙", "二"), text("表1 参数"), text("正文。")))
        .containsExactly(Optional.of("表1 参数"), Optional.of("表1 参数"));
    assertThat(leads(row("甲", "一"), text("表2 限值"), row("丙", "三")))
        .containsExactly(Optional.empty(), Optional.of("表2 限值"));
  }

  @Test
  void an_announcement_introduces_rows_and_captions_of_pictures_do_not() {
    assertThat(leads(text("The error codes are listed below:"), row("E1", "no water")))
        .containsExactly(Optional.of("The error codes are listed below:"));
    assertThat(leads(caption("Figure 2 The pump"), row("E1", "no water")))
        .containsExactly(Optional.empty());
    assertThat(leads(caption("图3 水泵"), row("E1", "no water"))).containsExactly(Optional.empty());
  }

  @Test
  void titles_and_units_above_a_table_are_kept_together_and_parts_of_it_have_the_same() {
    assertThat(
            leads(
                caption("Stock in spring"),
                caption("Unit: pieces"),
                row("Belts", "4"),
                text("Hall B"),
                row("Seals", "9")))
        .containsOnly(Optional.of("Stock in spring Unit: pieces"));
  }

  @Test
  void captions_are_told_by_their_number_however_it_is_written() {
    for (String caption :
        List.of("表一 参数", "附表2：限值", "续表1 参数", "Tab. 4 Limits", "Table A.2 Limits")) {
      assertThat(leads(text(caption), row("E1", "no water")))
          .as(caption)
          .containsExactly(Optional.of(caption));
    }
    assertThat(leads(text("Table 3 says which codes there are."), row("E1", "no water")))
        .containsExactly(Optional.empty());
  }

  private static Block text(String text) {
    return new Paragraph(text, Place.WHOLE);
  }

  private static Block caption(String text) {
    return new Paragraph(text, Place.WHOLE, Role.CAPTION);
  }

  private static Block row(String code, String meaning) {
    return new Row(List.of("Code", "Meaning"), List.of(code, meaning), Place.WHOLE);
  }

  private static List<Optional<String>> leads(Block... blocks) {
    return split(List.of(blocks)).stream().flatMap(c -> leads(c.passage())).toList();
  }

  private static Stream<Optional<String>> leads(Passage passage) {
    return passage.blocks().stream()
        .filter(block -> block.kind() == TextBlock.Kind.ROW)
        .map(TextBlock::lead);
  }

  private static List<Chunk> split(List<Block> blocks) {
    return new Splitter()
        .split(DOCUMENT, new Extracted.Content("text/plain", blocks, 0, List.of(), false));
  }
}
