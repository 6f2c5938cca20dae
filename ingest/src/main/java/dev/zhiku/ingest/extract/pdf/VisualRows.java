package dev.zhiku.ingest.extract.pdf;

import java.util.ArrayList;
import java.util.List;

/**
 * Pieces of lines as they stand side by side on a page. Programs write tables cell by cell, so that
 * the second line of a cell comes before the cell beside it: a piece that stands higher than the
 * one before it, with nothing below it since, belongs to the rows above. A piece far higher begins
 * another column of text.
 */
final class VisualRows {
  private static final int WRITTEN_BACK = 12;

  private final List<List<PdfLine>> rows = new ArrayList<>();

  private VisualRows() {}

  static List<List<PdfLine>> of(List<PdfLine> pieces) {
    VisualRows visual = new VisualRows();
    pieces.forEach(visual::add);
    return visual.rows;
  }

  private void add(PdfLine piece) {
    int at = placeOf(piece);
    if (at < 0) {
      rows.add(new ArrayList<>(List.of(piece)));
    } else if (isLevel(rows.get(at), piece)) {
      List<PdfLine> row = rows.get(at);
      int left = 0;
      while (left < row.size() && row.get(left).left() < piece.left()) {
        left++;
      }
      row.add(left, piece);
    } else {
      rows.add(at, new ArrayList<>(List.of(piece)));
    }
  }

  /** The row that it stands in or before; -1 for one of its own below all others. */
  private int placeOf(PdfLine piece) {
    if (piece.cells() != null) {
      return -1;
    }
    int farthest = Math.max(0, rows.size() - WRITTEN_BACK);
    for (int r = rows.size() - 1; r >= farthest; r--) {
      List<PdfLine> row = rows.get(r);
      boolean below = row.getFirst().y() < piece.y() && !isLevel(row, piece);
      if (below || row.getFirst().cells() != null) {
        return below && r < rows.size() - 1 ? r + 1 : -1;
      }
      if (row.stream().anyMatch(p -> p.left() < piece.right() && piece.left() < p.right())) {
        return -1;
      }
      if (isLevel(row, piece)) {
        return r;
      }
    }
    return farthest == 0 && !rows.isEmpty() ? 0 : -1;
  }

  private static boolean isLevel(List<PdfLine> row, PdfLine piece) {
    return Math.abs(row.getFirst().y() - piece.y()) < 1;
  }
}
