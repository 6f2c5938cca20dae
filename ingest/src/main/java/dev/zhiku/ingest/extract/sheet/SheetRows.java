package dev.zhiku.ingest.extract.sheet;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CommentText;
import dev.zhiku.ingest.extract.TableGrid;
import dev.zhiku.ingest.extract.TableRows;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cells of one sheet on their way to rows: merged ones in each row, what stands beside them last.
 */
final class SheetRows {
  private final BlockSink sink;
  private final String sheet;
  private final TableGrid grid;
  private final MergedCells merged;
  private final HiddenParts hidden;
  private final BitSet hiddenColumns = new BitSet();
  private final List<String> beside = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();

  SheetRows(BlockSink sink, String sheet, MergedCells merged, HiddenParts hidden) {
    this.sink = sink;
    this.sheet = sheet;
    this.merged = merged;
    this.hidden = hidden;
    TableRows rows = new TableRows(sink, this::place, true);
    this.grid = new TableGrid(rows);
  }

  /**
   * @param row from 0
   * @param column from 0
   */
  void cell(int row, int column, String text) {
    grid.put(row + 1, column, text, merged.rows(row, column), merged.columns(row, column));
  }

  /**
   * @param row from 0
   */
  void endRow(int row) {
    grid.endRow(row + 1, false);
  }

  /**
   * @param row from 0
   * @param filled whether anything stands in it
   */
  void endHiddenRow(int row, boolean filled) {
    grid.skip(row + 1);
    if (filled) {
      hidden.addRow();
    }
  }

  /**
   * @param column from 0, with something in it
   */
  void hiddenColumn(int column) {
    hiddenColumns.set(column);
  }

  /**
   * @param author of a cell's comment; null where unknown
   */
  void comment(@Nullable String author, String text) {
    comments.add(CommentText.of(author == null ? "" : author, text));
  }

  /** A text box, a header or footer. */
  void beside(String text) {
    beside.add(text);
  }

  void endSheet() {
    grid.finish();
    hidden.addColumns(hiddenColumns.cardinality());
    beside.forEach(text -> sink.paragraph(text, Place.WHOLE));
    comments.forEach(text -> sink.paragraph(Role.NOTE, text, Place.WHOLE));
  }

  private Place place(int row) {
    return new Place(Kind.CELLS, Optional.empty(), Optional.of(sheet), row, row);
  }
}
