package dev.zhiku.ingest.extract.pdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The columns of a table without rules: pieces that stand below each other, narrow ones first, so
 * that a piece over several columns makes none. Two that no row fills both and one piece covers are
 * one.
 */
final class TableColumns {
  private final List<Float> lefts = new ArrayList<>();
  private final List<Float> rights = new ArrayList<>();

  private TableColumns() {}

  static TableColumns of(List<List<PdfLine>> rows) {
    TableColumns columns = new TableColumns();
    List<List<PdfLine>> several = rows.stream().filter(row -> row.size() > 1).toList();
    several.stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingDouble(piece -> piece.right() - piece.left()))
        .forEach(columns::widen);
    columns.mergeHalves(several);
    return columns;
  }

  private void widen(PdfLine piece) {
    int first = overlapped(piece, 0);
    if (first < 0) {
      int at = 0;
      while (at < lefts.size() && lefts.get(at) < piece.left()) {
        at++;
      }
      lefts.add(at, piece.left());
      rights.add(at, piece.right());
    } else if (overlapped(piece, first + 1) < 0) {
      lefts.set(first, Math.min(lefts.get(first), piece.left()));
      rights.set(first, Math.max(rights.get(first), piece.right()));
    }
  }

  private void mergeHalves(List<List<PdfLine>> rows) {
    for (int c = 0; c + 1 < lefts.size(); ) {
      int left = c;
      boolean covered =
          rows.stream().flatMap(List::stream).anyMatch(p -> meets(p, left) && meets(p, left + 1));
      boolean parted = rows.stream().anyMatch(row -> hasOnly(row, left) && hasOnly(row, left + 1));
      if (covered && !parted) {
        rights.set(c, Math.max(rights.get(c), rights.remove(c + 1)));
        lefts.remove(c + 1);
      } else {
        c++;
      }
    }
  }

  private boolean hasOnly(List<PdfLine> row, int column) {
    return row.stream().anyMatch(piece -> meets(piece, column) && span(piece) == 1);
  }

  private int overlapped(PdfLine piece, int from) {
    for (int c = from; c < lefts.size(); c++) {
      if (meets(piece, c)) {
        return c;
      }
    }
    return -1;
  }

  private boolean meets(PdfLine piece, int column) {
    return piece.right() > lefts.get(column) && piece.left() < rights.get(column);
  }

  int size() {
    return lefts.size();
  }

  /** The first column that a piece stands in; the one before the gap that it stands in. */
  int first(PdfLine piece) {
    int met = overlapped(piece, 0);
    if (met >= 0) {
      return met;
    }
    int before = 0;
    while (before + 1 < lefts.size() && rights.get(before + 1) <= piece.left()) {
      before++;
    }
    return before;
  }

  /** How many columns a piece covers; both beside the gap that it stands in. */
  int span(PdfLine piece) {
    int first = first(piece);
    if (!meets(piece, first)) {
      return first + 1 < lefts.size() && piece.left() >= rights.get(first) ? 2 : 1;
    }
    int span = 1;
    while (first + span < lefts.size() && piece.right() > lefts.get(first + span)) {
      span++;
    }
    return span;
  }

  /** A row whose pieces over several columns are parted where a gap between words meets theirs. */
  List<PdfLine> parted(List<PdfLine> row) {
    List<PdfLine> parted = new ArrayList<>(row);
    for (int i = 0; i < parted.size(); i++) {
      PdfLine piece = parted.get(i);
      int first = overlapped(piece, 0);
      if (first >= 0 && span(piece) > 1) {
        float from = rights.get(first);
        float to = lefts.get(first + 1);
        var gap =
            piece.gaps().stream()
                .filter(g -> g.to() > from && g.from() < to && g.from() > lefts.get(first))
                .findFirst();
        if (gap.isPresent()) {
          parted.remove(i);
          parted.addAll(i, piece.partedAt(gap.get()));
        }
      }
    }
    return parted;
  }

  float width(int column) {
    return rights.get(column) - lefts.get(column);
  }

  float left(int column) {
    return lefts.get(column);
  }

  float right(int column) {
    return rights.get(column);
  }

  /** The pieces of a column alone. */
  Stream<PdfLine> piecesOf(int column, List<List<PdfLine>> rows) {
    return rows.stream()
        .flatMap(List::stream)
        .filter(piece -> first(piece) == column && span(piece) == 1);
  }

  /** Left edges, and the right edge of the last. */
  List<Float> edges() {
    List<Float> edges = new ArrayList<>(lefts);
    edges.add(rights.getLast());
    return edges;
  }
}
