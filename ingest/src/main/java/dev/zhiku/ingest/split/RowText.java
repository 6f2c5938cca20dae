package dev.zhiku.ingest.split;

import dev.zhiku.index.TextBlock.Cell;
import dev.zhiku.ingest.extract.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * A row as {@code column: value} pairs, which say what they mean wherever a table is cut.
 *
 * @param cells the values, counted from the beginning of the text
 */
record RowText(String text, List<Cell> cells) {
  private static final String CELL_SEPARATOR = " | ";

  RowText {
    cells = List.copyOf(cells);
  }

  static RowText of(Block.Row row) {
    StringBuilder text = new StringBuilder();
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < row.cells().size(); i++) {
      String value = row.cells().get(i);
      if (value.isBlank()) {
        continue;
      }
      String column = i < row.header().size() ? row.header().get(i) : "";
      text.append(text.isEmpty() ? "" : CELL_SEPARATOR);
      text.append(column.isBlank() ? "" : column + ": ");
      cells.add(new Cell(column.strip(), text.length(), text.length() + value.length()));
      text.append(value);
    }
    return new RowText(text.toString(), cells);
  }

  /** The cells that a part of the text holds, wholly or partly, counted from its beginning. */
  List<Cell> within(int start, int end) {
    List<Cell> held = new ArrayList<>();
    for (Cell cell : cells) {
      int from = Math.max(cell.start(), start);
      int to = Math.min(cell.end(), end);
      while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
        to--;
      }
      if (from < to) {
        held.add(new Cell(cell.column(), from - start, to - start));
      }
    }
    return held;
  }
}
