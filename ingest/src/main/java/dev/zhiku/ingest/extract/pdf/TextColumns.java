package dev.zhiku.ingest.extract.pdf;

import java.util.ArrayList;
import java.util.List;

/** Two columns of running text side by side: lines that begin at two edges and fill the left. */
final class TextColumns {
  private static final int FEWEST_LINES = 3;
  private static final int LINES_BELOW_HEADS = 6;
  private static final float NARROWEST = 9;
  private static final float SAME_EDGE = 3;
  private static final float RAGGED = 0.25f;

  private TextColumns() {}

  /** What parts the columns that begin with this row. */
  static float gutter(List<PdfLine> row) {
    return row.getLast().left() - SAME_EDGE;
  }

  /** The row after two columns that begin there; the same row where there are none. */
  static int end(List<List<PdfLine>> rows, int from) {
    List<PdfLine> lefts = new ArrayList<>();
    List<PdfLine> rights = new ArrayList<>();
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
        rights.add(row.getLast());
      }
      wide &= row.size() < 2 || end > from + 1 || (isWide(row.getFirst()) && isWide(row.getLast()));
      end++;
    }
    boolean text =
        wide || (lefts.size() >= LINES_BELOW_HEADS && areFull(rights) && startLow(lefts, rights));
    return text && lefts.size() >= FEWEST_LINES && areFull(lefts) ? end : from;
  }

  /** Whether most lines go on in the middle of a sentence, on both sides. */
  private static boolean startLow(List<PdfLine> lefts, List<PdfLine> rights) {
    return goOn(lefts) && goOn(rights);
  }

  private static boolean goOn(List<PdfLine> lines) {
    long low =
        lines.stream().filter(line -> !Character.isUpperCase(line.text().codePointAt(0))).count();
    return low * 2 > lines.size();
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
  private static boolean areFull(List<PdfLine> lines) {
    double edge = lines.stream().mapToDouble(PdfLine::right).max().orElse(0);
    long full =
        lines.stream()
            .filter(piece -> piece.right() >= edge - (edge - piece.left()) * RAGGED)
            .filter(TextColumns::isWide)
            .count();
    return full * 3 >= lines.size() * 2L;
  }
}
