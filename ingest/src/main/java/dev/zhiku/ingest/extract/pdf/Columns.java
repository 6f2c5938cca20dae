package dev.zhiku.ingest.extract.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts the pieces of a page's lines in reading order. Pieces at one height are one line, unless
 * several such lines in a row are two full columns of text, which are read one after the other.
 */
final class Columns {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[\\dIVXA-Z]{1,4}(?:[.\\-]\\d{1,3})*[.)、]?|[第（(]?[一二三四五六七八九十百\\d]+[章节条、)）.]?");
  private static final int FEWEST_LINES = 3;
  private static final float NARROWEST = 9;
  private static final float SAME_EDGE = 3;
  private static final float RAGGED = 0.25f;

  private final List<List<PdfLine>> rows = new ArrayList<>();
  private final List<PdfLine> ordered = new ArrayList<>();

  private Columns() {}

  /**
   * The lines in reading order.
   *
   * @param pieces of lines, parted at wide gaps, as the page gives them
   */
  static List<PdfLine> inOrder(List<PdfLine> pieces) {
    Columns columns = new Columns();
    pieces.forEach(columns::add);
    for (int i = 0; i < columns.rows.size(); ) {
      i = columns.read(i);
    }
    return columns.ordered;
  }

  private void add(PdfLine piece) {
    if (!rows.isEmpty() && piece.cells() == null) {
      PdfLine before = rows.getLast().getLast();
      if (before.cells() == null
          && Math.abs(before.y() - piece.y()) < 1
          && piece.left() >= before.right()) {
        rows.getLast().add(piece);
        return;
      }
    }
    rows.add(new ArrayList<>(List.of(piece)));
  }

  /** Reads the row or the columns that begin there, and says where to go on. */
  private int read(int from) {
    int end = endOfColumns(from);
    if (end == from) {
      return readTable(from);
    }
    float gutter = rows.get(from).getLast().left() - SAME_EDGE;
    for (boolean left : List.of(true, false)) {
      for (List<PdfLine> row : rows.subList(from, end)) {
        row.stream().filter(piece -> piece.left() < gutter == left).forEach(ordered::add);
      }
    }
    return end;
  }

  private int readTable(int from) {
    var table = AlignedTable.first(rows.subList(from, rows.size()));
    if (table.isPresent()) {
      ordered.addAll(table.get().lines());
      return from + table.get().length();
    }
    ordered.add(joined(rows.get(from)));
    return from + 1;
  }

  /** The row after two columns that begin there; the same row where there are none. */
  private int endOfColumns(int from) {
    List<PdfLine> lefts = new ArrayList<>();
    if (rows.get(from).size() != 2) {
      return from;
    }
    float edge = rows.get(from).getLast().left();
    boolean wide = true;
    int end = from;
    while (end < rows.size() && isOfColumns(rows.get(end), edge)) {
      List<PdfLine> row = rows.get(end);
      if (row.size() == 2) {
        lefts.add(row.getFirst());
      }
      wide &= row.size() < 2 || end > from + 1 || (isWide(row.getFirst()) && isWide(row.getLast()));
      end++;
    }
    return wide && lefts.size() >= FEWEST_LINES && areFull(lefts) ? end : from;
  }

  private static boolean isOfColumns(List<PdfLine> row, float edge) {
    PdfLine last = row.getLast();
    if (last.cells() != null) {
      return false;
    }
    boolean startsRight = Math.abs(last.left() - edge) <= SAME_EDGE;
    boolean oneSide = startsRight || last.right() < edge;
    return row.size() == 1 ? oneSide : row.size() == 2 && startsRight;
  }

  private static boolean isWide(PdfLine piece) {
    return piece.right() - piece.left() >= piece.fontSize() * NARROWEST;
  }

  /** Lines of text end at one edge; cells of a table end anywhere. */
  private static boolean areFull(List<PdfLine> lefts) {
    double edge = lefts.stream().mapToDouble(PdfLine::right).max().orElse(0);
    long full =
        lefts.stream()
            .filter(piece -> piece.right() >= edge - (edge - piece.left()) * RAGGED)
            .filter(Columns::isWide)
            .count();
    return full * 3 >= lefts.size() * 2L;
  }

  private static PdfLine joined(List<PdfLine> row) {
    return row.size() == 1 ? row.getFirst() : PdfLine.of(row, isRowOfCells(row));
  }

  /** A number before a heading and a word set in wide letters are no cells. */
  private static boolean isRowOfCells(List<PdfLine> row) {
    boolean numbered = row.size() == 2 && NUMBER.matcher(row.getFirst().text()).matches();
    return !numbered && row.stream().anyMatch(piece -> piece.text().length() > 1);
  }
}
