package dev.zhiku.ingest.extract;

import dev.zhiku.index.Passage.Location.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A piece of a document in reading order. */
public sealed interface Block {
  Place place();

  /** Its words, each cell of a row by itself. */
  default Stream<String> texts() {
    return switch (this) {
      case Heading heading -> Stream.of(heading.text());
      case Paragraph paragraph -> Stream.of(paragraph.text());
      case Preformatted lines -> Stream.of(lines.text());
      case Row row -> Stream.concat(row.header().stream(), row.cells().stream());
    };
  }

  /**
   * A heading, or the document's title.
   *
   * @param level 0 for the title, 1 to 6 for headings
   */
  record Heading(int level, String text, Place place) implements Block {}

  /**
   * Running text.
   *
   * @param role what it is there for
   */
  record Paragraph(String text, Place place, Role role) implements Block {
    /** A paragraph of the text itself. */
    public Paragraph(String text, Place place) {
      this(text, place, Role.TEXT);
    }
  }

  /** What a paragraph is there for, as far as the format says so. */
  enum Role {
    TEXT,
    /** An item of a list, with its marker. */
    LIST_ITEM,
    /** The words that belong to a table or a picture. */
    CAPTION,
    /** A remark beside the text: a comment, a footnote. */
    NOTE
  }

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
   * @param label the page's number as printed, where it is another one
   * @param recognised how sure text recognition was of the words, in percent; empty for text
   */
  record Place(
      Kind kind,
      Optional<String> entry,
      Optional<String> sheet,
      int start,
      int end,
      Optional<String> label,
      OptionalInt recognised) {
    /** No place inside the document. */
    public static final Place WHOLE =
        new Place(Kind.WHOLE, Optional.empty(), Optional.empty(), 0, 0);

    /** Text on a page that is called by its number. */
    public Place(Kind kind, Optional<String> entry, Optional<String> sheet, int start, int end) {
      this(kind, entry, sheet, start, end, Optional.empty(), OptionalInt.empty());
    }

    /** The same place inside a file of an archive or a mail. */
    Place within(Optional<String> inner) {
      return new Place(kind, inner, sheet, start, end, label, recognised);
    }

    /** The same place on a page that prints another number than its own. */
    public Place labelled(String printed) {
      return printed.isBlank() || printed.equals(String.valueOf(start))
          ? this
          : new Place(kind, entry, sheet, start, end, Optional.of(printed), recognised);
    }

    /**
     * The same place of words that were recognised in a picture.
     *
     * @param percent how sure of them recognition is
     */
    public Place recognised(int percent) {
      return new Place(
          kind, entry, sheet, start, end, label, OptionalInt.of(Math.clamp(percent, 0, 100)));
    }
  }
}
