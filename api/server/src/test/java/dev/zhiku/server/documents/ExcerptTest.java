package dev.zhiku.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextBlock;
import dev.zhiku.index.TextBlock.Cell;
import dev.zhiku.index.TextBlock.Origin;
import dev.zhiku.index.embedding.Language;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final DocumentId DOCUMENT = new DocumentId("d_0000000000000000000000");

  private static TextBlock block(
      TextBlock.Kind kind, int start, int end, List<Cell> cells, Origin origin) {
    return new TextBlock(
        kind, start, end, List.of("Head"), Optional.empty(), cells, Language.ENGLISH, origin);
  }

  private static Passage paragraph(int ordinal, String text) {
    return new Passage(
        new PassageId(DOCUMENT, ordinal),
        text,
        Location.page(4, List.of("Head")),
        List.of(
            block(
                TextBlock.Kind.PARAGRAPH,
                0,
                text.length(),
                List.of(),
                new Origin(4, 5, Optional.of("iv"), OptionalInt.of(87)))));
  }

  @Test
  void a_block_that_two_passages_share_is_one_and_its_words_stand_once() {
    List<ExcerptView.Piece> pieces =
        Excerpt.of(
            List.of(
                paragraph(3, "One sentence. The one they share."),
                paragraph(4, "The one they share. And another.")));

    assertThat(pieces)
        .singleElement()
        .satisfies(
            piece -> {
              assertThat(piece.text()).isEqualTo("One sentence. The one they share. And another.");
              assertThat(piece.passage()).isEqualTo(3);
              assertThat(piece.pageLabel()).contains("iv");
              assertThat(piece.recognised()).contains(87);
              assertThat(piece.unit()).isEqualTo("page");
              assertThat(List.of(piece.start(), piece.end())).containsExactly(4, 5);
            });
  }

  @Test
  void blocks_that_share_nothing_stay_apart() {
    assertThat(Excerpt.of(List.of(paragraph(0, "First part."), paragraph(1, "Second part."))))
        .extracting(ExcerptView.Piece::text)
        .containsExactly("First part.", "Second part.");
  }

  @Test
  void rows_that_begin_like_the_end_of_the_one_before_are_rows_of_their_own() {
    String text = "Name: Anna Maria\nName: Anna Maria";
    Origin row = new Origin(2, 2, Optional.empty(), OptionalInt.empty());
    Passage first =
        new Passage(
            new PassageId(DOCUMENT, 0),
            text.substring(0, 16),
            new Location(Kind.CELLS, List.of("Head"), Optional.of("a.csv"), 2, 2, Optional.empty()),
            List.of(block(TextBlock.Kind.ROW, 0, 16, List.of(new Cell("Name", 6, 16)), row)));
    Passage second =
        new Passage(new PassageId(DOCUMENT, 1), first.text(), first.location(), first.blocks());

    List<ExcerptView.Piece> pieces = Excerpt.of(List.of(first, second));

    assertThat(pieces).hasSize(2);
    ExcerptView.Piece piece = pieces.getLast();
    assertThat(piece.unit()).isEqualTo("row");
    assertThat(piece.entry()).contains("a.csv");
    assertThat(piece.cells()).containsExactly(new BlockView.CellView("Name", 6, 16));
  }

  @Test
  void offsets_of_cells_count_from_the_row_and_not_from_the_passage() {
    String text = "A heading\nName: Anna";
    Passage passage =
        new Passage(
            new PassageId(DOCUMENT, 0),
            text,
            Location.whole(List.of("Head")),
            List.of(
                block(TextBlock.Kind.HEADING, 0, 9, List.of(), Origin.NONE),
                block(TextBlock.Kind.ROW, 10, 20, List.of(new Cell("Name", 16, 20)), Origin.NONE)));

    ExcerptView.Piece row = Excerpt.of(List.of(passage)).getLast();

    assertThat(row.text()).isEqualTo("Name: Anna");
    assertThat(row.cells()).containsExactly(new BlockView.CellView("Name", 6, 10));
    assertThat(row.unit()).isEqualTo("none");
  }

  @Test
  void a_passage_of_which_no_parts_are_known_is_one_paragraph() {
    Passage passage =
        new Passage(new PassageId(DOCUMENT, 7), "All of it.", Location.page(2, List.of("Head")));

    assertThat(Excerpt.of(List.of(passage)))
        .singleElement()
        .satisfies(
            piece -> {
              assertThat(piece.kind()).isEqualTo("paragraph");
              assertThat(piece.start()).isEqualTo(2);
              assertThat(piece.heading()).containsExactly("Head");
            });
  }
}
