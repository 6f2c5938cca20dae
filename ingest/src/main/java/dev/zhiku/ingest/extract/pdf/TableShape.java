package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.ingest.extract.CleanText;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What tells a table from other words with gaps: enough rows, most cells filled, and neither items
 * of a list, columns of running text, labels with their values, nor code.
 */
final class TableShape {
  private static final Pattern MARK_OF_ITEM =
      Pattern.compile("[•·▪◦●■○–\\-*]|[(（]?[\\p{Alnum}一二三四五六七八九十]{1,4}(?:\\.\\d{1,3})*[.)）、．]?");
  private static final Pattern LABELLED =
      Pattern.compile("\\p{L}[^:：\\n]{0,20}[:：](?!//)\\s*\\S[^\\n]{0,80}");
  private static final Pattern CODE = Pattern.compile(".*[;{}]|(?://|/\\*|#include|<!--).*");
  private static final int FEWEST_ROWS_OF_TWO = 3;
  private static final int FEWEST_ROWS = 2;
  private static final int FEW_COLUMNS = 2;
  private static final float RUNNING_WIDTH = 9;
  private static final float RAGGED = 0.75f;

  private final List<List<PdfLine>> rows;
  private final TableColumns columns;

  private TableShape(List<List<PdfLine>> rows, TableColumns columns) {
    this.rows = rows;
    this.columns = columns;
  }

  static boolean isTable(List<List<PdfLine>> rows, TableColumns columns) {
    TableShape shape = new TableShape(rows, columns);
    return shape.isFilled() && !shape.isList() && !shape.isText() && !shape.isFormOrCode();
  }

  private boolean isFilled() {
    long several = rows.stream().filter(row -> row.size() > 1).count();
    int cells = rows.stream().filter(row -> row.size() > 1).mapToInt(List::size).sum();
    int size = columns.size();
    return cells * 2L >= several * size
        && several >= (size > FEW_COLUMNS ? FEWEST_ROWS : FEWEST_ROWS_OF_TWO);
  }

  private boolean isList() {
    return columns.size() == FEW_COLUMNS
        && most(rows, row -> MARK_OF_ITEM.matcher(row.getFirst().text()).matches());
  }

  /** Whether the lines of each column fill it, and none is a figure. */
  private boolean isText() {
    for (int c = 0; c < columns.size(); c++) {
      int column = c;
      List<PdfLine> pieces = columns.piecesOf(c, rows).toList();
      boolean running =
          !pieces.isEmpty()
              && columns.width(c) > pieces.getFirst().fontSize() * RUNNING_WIDTH
              && most(pieces, piece -> isFull(piece, column));
      if (!running) {
        return false;
      }
    }
    return true;
  }

  private boolean isFull(PdfLine piece, int column) {
    return piece.right() - columns.left(column) > columns.width(column) * RAGGED
        && (piece.text().indexOf(' ') > 0 || piece.text().codePoints().anyMatch(CleanText::isWide));
  }

  private boolean isFormOrCode() {
    for (int c = 0; c < columns.size(); c++) {
      List<PdfLine> pieces = columns.piecesOf(c, rows).toList();
      if (!pieces.isEmpty() && most(pieces, p -> LABELLED.matcher(p.text()).matches())) {
        return true;
      }
    }
    return most(rows, row -> row.stream().anyMatch(p -> CODE.matcher(p.text()).matches()));
  }

  private static <T> boolean most(List<T> all, Predicate<T> wanted) {
    return all.stream().filter(wanted).count() * 2 >= all.size();
  }
}
