package dev.zhiku.ingest.extract.sheet;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CommentText;
import dev.zhiku.ingest.extract.TableRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cells of one sheet on their way to rows: gaps filled, what stands beside the cells after them.
 */
final class SheetRows {
  private final BlockSink sink;
  private final String sheet;
  private final TableRows rows;
  private final List<String> beside = new ArrayList<>();
  private List<String> cells = new ArrayList<>();

  SheetRows(BlockSink sink, String sheet) {
    this.sink = sink;
    this.sheet = sheet;
    this.rows = new TableRows(sink, this::place, true);
  }

  /**
   * @param column from 0, not below the last one of this row
   */
  void cell(int column, String text) {
    while (cells.size() < column) {
      cells.add("");
    }
    if (cells.size() == column) {
      cells.add(text);
    }
  }

  /**
   * @param row from 1
   */
  void endRow(int row) {
    rows.add(row, cells, false);
    cells = new ArrayList<>();
  }

  /**
   * @param author of a cell's comment; null where unknown
   */
  void comment(@Nullable String author, String text) {
    beside.add(CommentText.of(author == null ? "" : author, text));
  }

  /** A text box, a header or footer. */
  void beside(String text) {
    beside.add(text);
  }

  void endSheet() {
    rows.finish();
    beside.forEach(text -> sink.paragraph(text, Place.WHOLE));
  }

  private Place place(int row) {
    return new Place(Kind.CELLS, Optional.empty(), Optional.of(sheet), row, row);
  }
}
