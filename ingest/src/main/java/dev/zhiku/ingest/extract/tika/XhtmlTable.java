package dev.zhiku.ingest.extract.tika;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockMark;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.RowMark;
import dev.zhiku.ingest.extract.SpanMark;
import dev.zhiku.ingest.extract.TableGrid;
import dev.zhiku.ingest.extract.TableRows;
import dev.zhiku.ingest.extract.tika.XhtmlBlocks.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;

/**
 * The table that is open in a stream of XHTML events, from its rows and cells to blocks. A table
 * inside a cell is text of that cell. One after another, by one thread.
 */
final class XhtmlTable {
  private final BlockSink sink;
  private final Form form;
  private final Supplier<Place> place;
  private final List<Cell> cells = new ArrayList<>();
  private @Nullable TableGrid grid;
  private int depth;
  private int rowNumber;
  private boolean rowIsHeader;
  private boolean rowIsMarked;
  private int rowSpan = 1;
  private int columnSpan = 1;

  private record Cell(String text, int rowSpan, int columnSpan) {}

  /**
   * @param place where the table stands, asked for each row
   */
  XhtmlTable(BlockSink sink, Form form, Supplier<Place> place) {
    this.sink = sink;
    this.form = form;
    this.place = place;
  }

  boolean isOpen() {
    return depth > 0;
  }

  /** Whether what comes is inside a table that stands in a cell of another. */
  boolean isNested() {
    return depth > 1;
  }

  /** A table begins, or one inside a cell of it. */
  void begin() {
    depth++;
    if (depth == 1) {
      rowNumber = 0;
      TableRows rows = new TableRows(sink, this::rowPlace, form == Form.SHEETS);
      grid =
          form == Form.SHEETS
              ? new TableGrid(rows)
              : new TableGrid(rows, line -> sink.paragraph(line, rowPlace(rowNumber)));
    }
  }

  private Place rowPlace(int row) {
    Place whole = place.get();
    return whole.kind() == Kind.CELLS
        ? new Place(Kind.CELLS, Optional.empty(), whole.sheet(), row, row)
        : whole;
  }

  /**
   * The innermost table ends.
   *
   * @return whether none is open now
   */
  boolean leave() {
    depth = Math.max(0, depth - 1);
    return depth == 0;
  }

  /**
   * Hands over the rows that are still held.
   *
   * @return whether there was a table
   */
  boolean end() {
    TableGrid open = grid;
    grid = null;
    depth = 0;
    if (open != null) {
      open.finish();
    }
    return open != null;
  }

  void startRow() {
    if (depth == 1) {
      rowNumber++;
      rowIsHeader = true;
      cells.clear();
    }
  }

  private void startRow(RowMark mark) {
    TableGrid open = grid;
    int from = Math.max(rowNumber, mark.number() - mark.skipped());
    for (int hidden = from; hidden < mark.number() && open != null; hidden++) {
      open.skip(hidden);
    }
    rowNumber = mark.number();
  }

  /** A head may hold its cells without a row around them. */
  void startHead() {
    if (depth == 1) {
      rowIsHeader = true;
      cells.clear();
    }
  }

  void endHead() {
    if (depth == 1 && !cells.isEmpty()) {
      rowNumber++;
      endRow();
    }
  }

  /**
   * @param text what was read since the last border between blocks
   */
  void startCell(String element, Attributes attributes, StringBuilder text) {
    if (depth == 1) {
      text.setLength(0);
      rowSpan = span(attributes.getValue("rowspan"));
      columnSpan = span(attributes.getValue("colspan"));
      rowIsHeader &= element.equals("th");
    } else {
      text.append(' ');
    }
  }

  private static int span(@Nullable String written) {
    return written != null && written.matches("\\d{1,5}") ? Integer.parseInt(written) : 1;
  }

  /**
   * @param text of the cell; emptied when it is taken
   */
  void endCell(StringBuilder text) {
    if (depth == 1) {
      SpanMark mark = SpanMark.in(text);
      RowMark row = RowMark.in(text);
      if (row != null) {
        startRow(row);
      }
      rowIsMarked |= mark.isHeader();
      cells.add(
          new Cell(
              CleanText.line(RowMark.without(BlockMark.without(SpanMark.without(text.toString())))),
              rowSpan * mark.rows(),
              columnSpan * mark.columns()));
      text.setLength(0);
    }
  }

  void endRow() {
    TableGrid open = grid;
    if (depth != 1 || open == null) {
      return;
    }
    if (form == Form.DATABASE && rowIsHeader && cells.size() > 1) {
      sink.paragraph(cells.stream().map(Cell::text).collect(Collectors.joining(" ")), place.get());
    }
    for (Cell cell : cells) {
      open.add(rowNumber, cell.text(), cell.rowSpan(), cell.columnSpan());
    }
    open.endRow(rowNumber, rowIsHeader || rowIsMarked);
    rowIsMarked = false;
    cells.clear();
  }
}
