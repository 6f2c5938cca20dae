package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.ingest.extract.CleanText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Rows of a table without rules, of the lines that its cells take. A line goes on with the row
 * above if it stands closer to it than rows do, or if it is words below words and says nothing in
 * the first column; never where two figures would meet in a cell.
 */
final class WrappedRows {
  private static final Pattern FIGURE =
      Pattern.compile("[\\p{Sc}(+<>≤≥±-]*\\s?\\d[\\d.,:/\\s-]*[%\\p{Sc})]*|[-–—/]");
  private static final float CLOSE = 0.92f;
  private static final float WIDE = 6.4f;
  private static final float FULL = 0.85f;
  private static final float NEXT_LINE = 1.6f;

  private final List<List<PdfLine>> rows;
  private final TableColumns columns;
  private final float distance;

  WrappedRows(List<List<PdfLine>> rows, TableColumns columns) {
    this.rows = rows;
    this.columns = columns;
    this.distance = usualDistance();
  }

  /**
   * A row and its words.
   *
   * @param texts by column
   * @param spans how many columns each covers
   */
  record Row(List<PdfLine> words, TreeMap<Integer, String> texts, TreeMap<Integer, Integer> spans) {
    private Row() {
      this(new ArrayList<>(), new TreeMap<>(), new TreeMap<>());
    }
  }

  List<Row> joined() {
    List<Row> joined = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      if (r == 0 || !goesOn(r) || figuresMeet(joined.getLast(), rows.get(r))) {
        joined.add(new Row());
      }
      Row row = joined.getLast();
      for (PdfLine piece : rows.get(r)) {
        int column = columns.first(piece);
        StringBuilder text = new StringBuilder(row.texts().getOrDefault(column, ""));
        CleanText.join(text, piece.text());
        row.texts().put(column, text.toString());
        row.spans().merge(column, columns.span(piece), Math::max);
        row.words().add(piece);
      }
    }
    return joined;
  }

  private boolean figuresMeet(Row above, List<PdfLine> row) {
    return row.stream()
        .anyMatch(
            piece -> {
              String text = above.texts().getOrDefault(columns.first(piece), "");
              return !text.isEmpty() && (isFigure(text) || isFigure(piece.text()));
            });
  }

  /** Whether a line belongs to the row above it. */
  boolean goesOn(int r) {
    List<PdfLine> row = rows.get(r);
    List<PdfLine> above = rows.get(r - 1);
    if (r == 1 && isGroup(above)) {
      return false;
    }
    if (columns.first(row.getFirst()) == 0) {
      return isClose(r) && (row.size() == 1 || above.size() == 1 || row.size() < columns.size());
    }
    return isClose(r)
        || row.stream().allMatch(piece -> isBelowFull(piece, above))
        || (row.size() == 1 && isBelowWords(row.getFirst(), above));
  }

  private boolean isGroup(List<PdfLine> row) {
    return row.stream().anyMatch(piece -> columns.span(piece) > 1);
  }

  private float usualDistance() {
    List<Float> distances = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      List<PdfLine> row = rows.get(i);
      if (row.size() > 1 && columns.first(row.getFirst()) == 0) {
        distances.add(row.getFirst().y() - rows.get(i - 1).getFirst().y());
      }
    }
    Collections.sort(distances);
    return distances.isEmpty() ? 0 : distances.get(distances.size() / 2);
  }

  private boolean isClose(int r) {
    return rows.get(r).getFirst().y() - rows.get(r - 1).getFirst().y() < distance * CLOSE;
  }

  private boolean isBelowFull(PdfLine piece, List<PdfLine> above) {
    int column = columns.first(piece);
    float width = columns.width(column);
    return above.stream()
        .anyMatch(
            a ->
                columns.first(a) == column
                    && width > a.fontSize() * WIDE
                    && a.right() - columns.left(column) > width * FULL);
  }

  /** Whether it is one word in a column below another, and all rows of more have a first cell. */
  private boolean isBelowWords(PdfLine piece, List<PdfLine> above) {
    boolean close = piece.y() - above.getFirst().y() < piece.fontSize() * NEXT_LINE;
    return close
        && !isFigure(piece.text())
        && above.stream().anyMatch(a -> columns.first(a) == columns.first(piece))
        && rows.stream()
            .skip(1)
            .allMatch(row -> row.size() == 1 || columns.first(row.getFirst()) == 0);
  }

  static boolean isFigure(String text) {
    return FIGURE.matcher(text.strip()).matches();
  }
}
