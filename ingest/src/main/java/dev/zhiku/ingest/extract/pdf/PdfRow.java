package dev.zhiku.ingest.extract.pdf;

import java.util.List;

/**
 * A row of a table.
 *
 * @param header whether its letters say that it holds names of columns
 * @param columns left edges of the table's columns, and the right edge of the last
 * @param top of the table in points from the top of the page
 * @param bottom of the table
 */
record PdfRow(List<Cell> cells, boolean header, List<Float> columns, float top, float bottom) {
  PdfRow {
    cells = List.copyOf(cells);
    columns = List.copyOf(columns);
  }

  /** A cell and what it covers. */
  record Cell(int column, String text, int rowSpan, int columnSpan) {}

  PdfRow asHeader(boolean marked) {
    return new PdfRow(cells, marked, columns, top, bottom);
  }

  /** Whether a table that goes on on the next page may be this one: each column meets its own. */
  boolean hasColumnsOf(PdfRow other) {
    if (columns.size() != other.columns.size()) {
      return false;
    }
    for (int i = 0; i + 1 < columns.size(); i++) {
      if (columns.get(i) >= other.columns.get(i + 1)
          || other.columns.get(i) >= columns.get(i + 1)) {
        return false;
      }
    }
    return true;
  }
}
