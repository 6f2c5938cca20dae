package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.pdf.PdfRow.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A table without rules: rows whose pieces stand below each other, with gaps that nothing crosses.
 */
final class AlignedTable {
  private static final Pattern MARK_OF_ITEM =
      Pattern.compile("[•·▪◦●■○–\\-*]|[(（]?[\\p{Alnum}一二三四五六七八九十]{1,4}(?:\\.\\d{1,3})*[.)）、．]?");
  private static final int FEWEST_ROWS_OF_TWO = 3;
  private static final int FEWEST_ROWS = 2;
  private static final int FEWEST_COLUMNS_OF_FEW_ROWS = 3;
  private static final float FARTHEST = 3.2f;
  private static final float CLOSE = 0.8f;
  private static final float FULL = 0.85f;

  private final List<List<PdfLine>> rows;
  private final List<Float> lefts = new ArrayList<>();
  private final List<Float> rights = new ArrayList<>();

  private AlignedTable(List<List<PdfLine>> rows) {
    this.rows = rows;
  }

  /** Rows of a table. */
  static final class Found {
    private final List<PdfLine> lines;
    private final int length;

    private Found(List<PdfLine> lines, int length) {
      this.lines = lines;
      this.length = length;
    }

    List<PdfLine> lines() {
      return lines;
    }

    /** The number of the page's rows that it takes. */
    int length() {
      return length;
    }
  }

  /** The table that begins with the first of these rows. */
  static Optional<Found> first(List<List<PdfLine>> rows) {
    if (rows.getFirst().size() < 2) {
      return Optional.empty();
    }
    AlignedTable table = new AlignedTable(new ArrayList<>(rows.subList(0, near(rows))));
    return table.fits() ? Optional.of(table.found()) : Optional.empty();
  }

  /** How many rows follow each other without a wide gap. */
  private static int near(List<List<PdfLine>> rows) {
    int end = 1;
    while (end < rows.size()) {
      PdfLine above = rows.get(end - 1).getFirst();
      PdfLine line = rows.get(end).getFirst();
      float distance = line.y() - above.y();
      if (line.cells() != null || distance <= 0 || distance > above.fontSize() * FARTHEST) {
        break;
      }
      end++;
    }
    return end;
  }

  /** Cuts off what does not fit and says whether enough is left. */
  private boolean fits() {
    while (isLongEnough()) {
      int wrong = measure();
      if (wrong < 0) {
        wrong = firstWithout();
      }
      if (wrong < 0) {
        return isTable();
      }
      if (wrong == 0) {
        return false;
      }
      rows.subList(wrong, rows.size()).clear();
    }
    return false;
  }

  private boolean isLongEnough() {
    while (!rows.isEmpty() && rows.getLast().size() == 1) {
      rows.removeLast();
    }
    return rows.size() >= FEWEST_ROWS;
  }

  /** Finds the columns by the fullest rows; returns the row that crosses them, or -1. */
  private int measure() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    lefts.clear();
    rights.clear();
    for (int r = 0; r < rows.size(); r++) {
      List<PdfLine> row = rows.get(r);
      if (row.size() != columns) {
        continue;
      }
      for (int c = 0; c < columns; c++) {
        PdfLine piece = row.get(c);
        if (lefts.size() <= c) {
          lefts.add(piece.left());
          rights.add(piece.right());
        } else {
          lefts.set(c, Math.min(lefts.get(c), piece.left()));
          rights.set(c, Math.max(rights.get(c), piece.right()));
        }
      }
      for (int c = 1; c < lefts.size(); c++) {
        if (rights.get(c - 1) >= lefts.get(c)) {
          return r;
        }
      }
    }
    return -1;
  }

  /** The first row of which a piece stands in no column, or two in the same; -1 if none. */
  private int firstWithout() {
    for (int r = 0; r < rows.size(); r++) {
      int last = -1;
      for (PdfLine piece : rows.get(r)) {
        int first = firstColumn(piece);
        boolean several = rows.get(r).size() == 1 && span(piece, first) > 1;
        if (first <= last || several) {
          return r;
        }
        last = first + span(piece, first) - 1;
      }
    }
    return -1;
  }

  private int firstColumn(PdfLine piece) {
    for (int c = 0; c < lefts.size(); c++) {
      if (piece.right() > lefts.get(c) && piece.left() < rights.get(c)) {
        return c;
      }
    }
    return -1;
  }

  private int span(PdfLine piece, int first) {
    int span = 1;
    while (first >= 0 && first + span < lefts.size() && piece.right() > lefts.get(first + span)) {
      span++;
    }
    return span;
  }

  private boolean isTable() {
    int columns = lefts.size();
    long full = rows.stream().filter(row -> row.size() == columns).count();
    long several = rows.stream().filter(row -> row.size() > 1).count();
    boolean marks =
        columns == 2
            && rows.stream()
                        .filter(row -> MARK_OF_ITEM.matcher(row.getFirst().text()).matches())
                        .count()
                    * 2
                >= rows.size();
    return !marks
        && full * 3 >= several
        && (columns >= FEWEST_COLUMNS_OF_FEW_ROWS
            ? several >= FEWEST_ROWS
            : full >= FEWEST_ROWS_OF_TWO);
  }

  private Found found() {
    int length = rows.size();
    List<PdfLine> lines = new ArrayList<>();
    List<PdfLine> words = new ArrayList<>();
    TreeMap<Integer, String> cells = new TreeMap<>();
    TreeMap<Integer, Integer> spans = new TreeMap<>();
    for (int r = 0; r < length; r++) {
      if (r > 0 && !goesOn(r)) {
        lines.add(line(words, cells, spans));
        words = new ArrayList<>();
        cells.clear();
        spans.clear();
      }
      for (PdfLine piece : rows.get(r)) {
        int column = firstColumn(piece);
        StringBuilder text = new StringBuilder(cells.getOrDefault(column, ""));
        CleanText.join(text, piece.text());
        cells.put(column, text.toString());
        spans.put(column, span(piece, column));
        words.add(piece);
      }
    }
    lines.add(line(words, cells, spans));
    return new Found(HeaderRows.marked(lines), length);
  }

  private PdfLine line(
      List<PdfLine> words, Map<Integer, String> texts, Map<Integer, Integer> spans) {
    List<Cell> cells = new ArrayList<>();
    for (int c = 0; c < lefts.size(); c++) {
      int width = spans.getOrDefault(c, 1);
      cells.add(new Cell(c, texts.getOrDefault(c, ""), 1, width));
      c += width - 1;
    }
    List<Float> columns = new ArrayList<>(lefts);
    columns.add(rights.getLast());
    float top = rows.getFirst().getFirst().y() - rows.getFirst().getFirst().fontSize();
    return PdfLine.ofRow(
        words, new PdfRow(cells, false, columns, top, rows.getLast().getFirst().y()));
  }

  /**
   * Whether a row is the second line of the one above: it stands closer than rows do, or it has
   * nothing in the first column and each of its cells goes on below a full one.
   */
  private boolean goesOn(int r) {
    List<PdfLine> row = rows.get(r);
    if (firstColumn(row.getFirst()) == 0) {
      return row.size() < lefts.size() && isClose(r);
    }
    return isClose(r) || row.stream().allMatch(piece -> isBelowFull(piece, rows.get(r - 1)));
  }

  private boolean isClose(int r) {
    List<Float> distances = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).size() == lefts.size()) {
        distances.add(rows.get(i).getFirst().y() - rows.get(i - 1).getFirst().y());
      }
    }
    Collections.sort(distances);
    float distance = rows.get(r).getFirst().y() - rows.get(r - 1).getFirst().y();
    return !distances.isEmpty() && distance < distances.get(distances.size() / 2) * CLOSE;
  }

  private boolean isBelowFull(PdfLine piece, List<PdfLine> above) {
    int column = firstColumn(piece);
    float width = rights.get(column) - lefts.get(column);
    return above.stream()
        .anyMatch(
            a ->
                firstColumn(a) == column
                    && width > a.fontSize() * FARTHEST * 2
                    && a.right() - lefts.get(column) > width * FULL);
  }
}
