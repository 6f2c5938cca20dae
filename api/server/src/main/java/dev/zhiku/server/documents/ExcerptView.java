package dev.zhiku.server.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of a document around one passage, as a reader looks at it: what consecutive passages
 * are made of, with the words that two of them share shown once.
 *
 * @param document what is known of the file
 * @param passages how many the whole document has
 * @param from ordinal of the first passage shown
 * @param to ordinal of the last passage shown
 * @param blocks the text in reading order
 */
@Schema(name = "Excerpt")
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record ExcerptView(DocumentView document, int passages, int from, int to, List<Piece> blocks) {
  ExcerptView {
    blocks = List.copyOf(blocks);
  }

  /**
   * A paragraph, a heading, a row or another piece of the text.
   *
   * @param passage ordinal of the passage it begins in
   * @param kind as of the blocks of a passage
   * @param text its words as they stand in the original
   * @param heading the headings above it, outermost first; of a heading itself the last; of cells
   *     the name of the sheet is the first
   * @param entry file inside an archive or a mail
   * @param unit what {@code start} and {@code end} count
   * @param start first page, slide, row or line, from 1; 0 where nothing is counted
   * @param end last one, inclusive
   * @param pageLabel the page's number as printed, where it is another one
   * @param recognised how sure text recognition was of it, in percent, where it was read from a
   *     picture
   * @param cells the values of a row, by their offsets in {@code text}
   */
  @Schema(name = "ExcerptBlock")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Piece(
      int passage,
      String kind,
      String text,
      List<String> heading,
      Optional<String> entry,
      @Schema(
              type = "string",
              allowableValues = {"page", "slide", "row", "line", "none"})
          String unit,
      int start,
      int end,
      Optional<String> pageLabel,
      Optional<Integer> recognised,
      List<BlockView.CellView> cells) {
    Piece {
      heading = List.copyOf(heading);
      cells = List.copyOf(cells);
    }

    Piece withText(String longer) {
      return new Piece(
          passage, kind, longer, heading, entry, unit, start, end, pageLabel, recognised, cells);
    }
  }
}
