package dev.zhiku.ingest.extract;

import dev.zhiku.index.Passage.Location.Kind;
import java.util.List;
import java.util.Optional;

/** A piece of a document in reading order. */
public sealed interface Block {
  Place place();

  /**
   * A heading, or the document's title.
   *
   * @param level 0 for the title, 1 to 6 for headings
   */
  record Heading(int level, String text, Place place) implements Block {}

  /** Running text, a list item included. */
  record Paragraph(String text, Place place) implements Block {}

  /** Text whose line breaks matter: code, poems, addresses. */
  record Preformatted(String text, Place place) implements Block {}

  /**
   * One row of a table.
   *
   * @param header the table's column names, empty where it has none
   * @param cells as shown, empty cells as empty strings
   */
  record Row(List<String> header, List<String> cells, Place place) implements Block {
    public Row {
      header = List.copyOf(header);
      cells = List.copyOf(cells);
    }
  }

  /**
   * Where a block stands.
   *
   * @param kind what start and end count; {@link Kind#WHOLE} where the format has no places
   * @param entry path of the file inside an archive or a mail
   * @param sheet name of the sheet, for {@link Kind#CELLS}
   * @param start first page, slide, row or line, from 1; 0 for {@link Kind#WHOLE}
   * @param end last one, inclusive
   */
  record Place(Kind kind, Optional<String> entry, Optional<String> sheet, int start, int end) {
    /** No place inside the document. */
    public static final Place WHOLE =
        new Place(Kind.WHOLE, Optional.empty(), Optional.empty(), 0, 0);
  }
}
