package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.ingest.extract.CleanText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Rows of a table without a grid, of the lines that their cells take. Where level rules stand
 * between rows they tell, and where a program wrote cell by cell its order does. Else a line goes
 * on with the row above if it stands closer to it than rows do, or if it is words that did not fit
 * into the cells above; never where two figures would meet in a cell.
 */
final class WrappedRows {
  private static final Pattern FIGURE =
      Pattern.compile("[\\p{Sc}(+<>≤≥±-]*\\s?\\d[\\d.,:/\\s-]*[%\\p{Sc})]*|[-–—/]");
  private static final Pattern STOPS_IN_THE_MIDDLE = Pattern.compile(".*[,，、&/(（–~～-]");
  private static final int MOST_LINES_OF_NAMES = 4;
  private static final float CLOSE = 0.92f;
  private static final float WIDE = 6.4f;
  private static final float FULL = 0.85f;
  private static final float NEXT_LINE = 1.6f;
  private static final float BLANK = 0.25f;
  private static final float MOST = 0.8f;

  private final List<List<PdfLine>> rows;
  private final TableColumns columns;
  private final boolean[] ruled;
  private final WrittenOrder.Told written;
  private final float distance;
  private final int linesOfNames;
  private final boolean parted;

  WrappedRows(List<List<PdfLine>> rows, TableColumns columns, RowRules rules, WrittenOrder order) {
    this.rows = rows;
    this.columns = columns;
    this.written = order.of(rows, columns);
    this.ruled = new boolean[rows.size()];
    for (int r = 1; r < ruled.length; r++) {
      ruled[r] =
          rules.part(
              rows.get(r - 1).getFirst(),
              rows.get(r).getFirst(),
              columns.left(0),
              columns.right(columns.size() - 1));
    }
    this.distance = usualDistance();
    this.linesOfNames = linesOfNames();
    this.parted = areParted();
  }

  /**
   * A row and its words.
   *
   * @param texts by column
   * @param spans how many columns each covers
   * @param isOfNames whether a rule below it says that it holds names of columns
   */
  record Row(
      List<PdfLine> words,
      TreeMap<Integer, String> texts,
      TreeMap<Integer, Integer> spans,
      boolean isOfNames) {
    private Row(boolean isOfNames) {
      this(new ArrayList<>(), new TreeMap<>(), new TreeMap<>(), isOfNames);
    }
  }

  List<Row> joined() {
    List<Row> joined = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      boolean certain = written.certain() && written.goingOn().get(r);
      if (r == 0 || !goesOn(r) || (!certain && figuresMeet(joined.getLast(), rows.get(r)))) {
        joined.add(new Row(r < linesOfNames));
      }
      Row row = joined.getLast();
      for (PdfLine piece : rows.get(r)) {
        int column = columns.first(piece);
        StringBuilder text = new StringBuilder(row.texts().getOrDefault(column, ""));
        PdfText.joinLine(text, piece.text());
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
              return !text.isEmpty()
                  && (isFigure(text) || isFigure(piece.text()))
                  && !STOPS_IN_THE_MIDDLE.matcher(text).matches();
            });
  }

  /** Whether a line belongs to the row above it. */
  boolean goesOn(int r) {
    List<PdfLine> row = rows.get(r);
    List<PdfLine> above = rows.get(r - 1);
    if (ruled[r] || (r <= Math.max(1, linesOfNames - 1) && isGroup(above))) {
      return false;
    }
    if (r < linesOfNames || parted || written.goingOn().get(r)) {
      return true;
    }
    if (columns.first(row.getFirst()) == 0) {
      boolean close =
          isClose(r) && (row.size() == 1 || above.size() == 1 || row.size() < columns.size());
      return close || (row.size() == 1 && isRestOfFirst(r));
    }
    return isClose(r) || row.stream().allMatch(piece -> isBelowFull(piece, above)) || isRest(r);
  }

  private boolean isGroup(List<PdfLine> row) {
    return row.stream().anyMatch(piece -> columns.span(piece) > 1);
  }

  private float usualDistance() {
    List<Float> distances = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      if (beginsRow(i)) {
        distances.add(rows.get(i).getFirst().y() - rows.get(i - 1).getFirst().y());
      }
    }
    Collections.sort(distances);
    return distances.isEmpty() ? 0 : distances.get(distances.size() / 2);
  }

  private boolean beginsRow(int r) {
    return rows.get(r).size() > 1 && columns.first(rows.get(r).getFirst()) == 0;
  }

  /** How many lines at the beginning stand above the first rule, if they are few and words. */
  private int linesOfNames() {
    int lines = 1;
    while (lines < ruled.length && !ruled[lines]) {
      lines++;
    }
    boolean words =
        rows.subList(0, lines).stream()
            .flatMap(List::stream)
            .noneMatch(piece -> columns.first(piece) > 0 && isFigure(piece.text()));
    return lines < ruled.length && lines <= MOST_LINES_OF_NAMES && words ? lines : 0;
  }

  /** Whether rules stand between rows, not only below the names of columns. */
  private boolean areParted() {
    int begun = 0;
    int parts = 0;
    for (int r = linesOfNames + 1; r < ruled.length; r++) {
      begun += beginsRow(r) ? 1 : 0;
      parts += ruled[r] ? 1 : 0;
    }
    return parts > 1 && parts * 2 >= begun;
  }

  private boolean isClose(int r) {
    return lineDistance(r) < distance * CLOSE;
  }

  private float lineDistance(int r) {
    return rows.get(r).getFirst().y() - rows.get(r - 1).getFirst().y();
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

  /** Whether a line without a first cell is the rest of words of cells above it. */
  private boolean isRest(int r) {
    List<PdfLine> row = rows.get(r);
    boolean ofItsOwn =
        row.size() > 1
            && row.size() == columns.size() - 1
            && row.stream().noneMatch(p -> Character.isLowerCase(p.text().codePointAt(0)));
    return !ofItsOwn && isNextLine(r) && row.stream().allMatch(piece -> isRestOf(piece, r));
  }

  private boolean isNextLine(int r) {
    return lineDistance(r) < rows.get(r).getFirst().fontSize() * NEXT_LINE;
  }

  private boolean isRestOf(PdfLine piece, int r) {
    return rows.get(r - 1).stream()
        .filter(a -> columns.first(a) == columns.first(piece))
        .anyMatch(
            a ->
                !fitsBehind(a, piece)
                    && (!isFigure(piece.text())
                        || STOPS_IN_THE_MIDDLE.matcher(a.text()).matches()));
  }

  /** Whether the first word would have had its place in the line above. */
  private boolean fitsBehind(PdfLine above, PdfLine piece) {
    String text = piece.text();
    int blank = text.indexOf(' ');
    int word = CleanText.isWide(text.codePointAt(0)) ? 1 : blank < 0 ? text.length() : blank;
    float width = (piece.right() - piece.left()) * word / text.length();
    return above.right() + above.fontSize() * BLANK + width <= columns.right(columns.first(above));
  }

  /** Whether a line that is a first cell alone is the rest of the one above, not a title. */
  private boolean isRestOfFirst(int r) {
    if (!isRestOfFirstCell(r)) {
      return false;
    }
    String text = rows.get(r).getFirst().text();
    boolean inTheMiddle =
        STOPS_IN_THE_MIDDLE.matcher(rows.get(r - 1).getFirst().text()).matches()
            || Character.isLowerCase(text.codePointAt(0));
    if (inTheMiddle) {
      return true;
    }
    int alone = 0;
    int rests = 0;
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).size() == 1 && columns.first(rows.get(i).getFirst()) == 0) {
        alone++;
        rests += isRestOfFirstCell(i) ? 1 : 0;
      }
    }
    return rests > 1 && rests >= alone * MOST;
  }

  private boolean isRestOfFirstCell(int r) {
    PdfLine piece = rows.get(r).getFirst();
    return isNextLine(r)
        && piece.bold() == rows.get(r - 1).getFirst().bold()
        && columns.span(piece) == 1
        && isRestOf(piece, r);
  }

  static boolean isFigure(String text) {
    return FIGURE.matcher(text.strip()).matches();
  }
}
