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

  private final List<List<PdfLine>> rows = new ArrayList<>();
  private final List<PdfLine> ordered = new ArrayList<>();

  private Columns() {}

  /**
   * The lines in reading order.
   *
   * @param pieces of lines, parted at wide gaps, as the page gives them
   * @param rules the level ones of the page
   */
  static List<PdfLine> inOrder(List<PdfLine> pieces, RowRules rules) {
    Columns columns = new Columns();
    AlignedTable.in(pieces, rules).forEach(columns::add);
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
    int end = TextColumns.end(rows, from);
    if (end == from) {
      ordered.add(joined(rows.get(from)));
      return from + 1;
    }
    float gutter = TextColumns.gutter(rows.get(from));
    for (boolean left : List.of(true, false)) {
      for (List<PdfLine> row : rows.subList(from, end)) {
        row.stream().filter(piece -> piece.left() < gutter == left).forEach(ordered::add);
      }
    }
    return end;
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
