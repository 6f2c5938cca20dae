package dev.zhiku.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextBlock.Cell;
import dev.zhiku.index.TextBlock.Kind;
import dev.zhiku.index.TextBlock.Origin;
import dev.zhiku.index.embedding.Language;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextBlockTest {
  private static final String TEXT = "Care\n\nKeep 𠮷 cold.";

  @Test
  void a_passage_knows_the_block_of_each_character() {
    Passage passage = passage(block(0, 4), block(6, TEXT.length()));
    assertThat(passage.blockAt(0).orElseThrow().in(TEXT)).isEqualTo("Care");
    assertThat(passage.blockAt(5)).isEmpty();
    assertThat(passage.blockAt(8).orElseThrow().in(TEXT)).isEqualTo("Keep 𠮷 cold.");
    assertThat(passage.blockAt(TEXT.length())).isEmpty();
  }

  @Test
  void blocks_out_of_order_or_outside_the_text_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> passage(block(6, 9), block(0, 4)));
    assertThatIllegalArgumentException().isThrownBy(() -> passage(block(0, 4), block(3, 9)));
    assertThatIllegalArgumentException().isThrownBy(() -> passage(block(6, TEXT.length() + 1)));
    assertThatIllegalArgumentException().isThrownBy(() -> block(4, 4));
  }

  @Test
  void a_border_inside_a_character_is_refused() {
    int inside = TEXT.indexOf("𠮷") + 1;
    assertThatIllegalArgumentException().isThrownBy(() -> passage(block(0, inside)));
    assertThatIllegalArgumentException().isThrownBy(() -> passage(block(inside, TEXT.length())));
  }

  @Test
  void cells_lie_inside_their_row_in_order() {
    assertThatIllegalArgumentException().isThrownBy(() -> row(0, 4, new Cell("", 3, 5)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> row(0, 9, new Cell("", 5, 6), new Cell("", 2, 4)));
    assertThat(row(0, 4, new Cell("Kind", 1, 3)).cells().getFirst().in(TEXT)).isEqualTo("ar");
  }

  private static Passage passage(TextBlock... blocks) {
    PassageId id = new PassageId(DocumentId.random(), 0);
    return new Passage(id, TEXT, Location.whole(List.of()), List.of(blocks));
  }

  private static TextBlock block(int start, int end) {
    return row(start, end);
  }

  private static TextBlock row(int start, int end, Cell... cells) {
    return new TextBlock(
        Kind.ROW,
        start,
        end,
        List.of(),
        Optional.empty(),
        List.of(cells),
        Language.ENGLISH,
        Origin.NONE);
  }
}
