package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.pdf.PdfRow.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Rows of the cells between rules, whatever order their words were drawn in. */
final class RuledTable {
  private static final float MIDDLE = 0.3f;
  private static final float SAME_LINE = 2;
  private static final float SHORT = 0.85f;
  private static final int FEWEST_FILLED = 3;

  private final RuledGrid grid;
  private final List<List<PdfLine>> cells = new ArrayList<>();

  private RuledTable(RuledGrid grid) {
    this.grid = grid;
    for (int i = 0; i < grid.rows() * grid.columns(); i++) {
      cells.add(new ArrayList<>());
    }
  }

  /** The pieces with those inside grids made into rows, which stand where the first piece stood. */
  static List<PdfLine> in(List<PdfLine> pieces, List<RuledGrid> grids) {
    List<PdfLine> all = new ArrayList<>(pieces);
    for (RuledGrid grid : grids) {
      List<PdfLine> inside =
          all.stream().filter(p -> p.cells() == null && grid.holds(x(p), y(p))).toList();
      List<PdfLine> rows = inside.isEmpty() ? List.of() : new RuledTable(grid).rows(inside);
      if (!rows.isEmpty()) {
        int first = all.indexOf(inside.getFirst());
        all.removeAll(inside);
        all.addAll(first, rows);
      }
    }
    return all;
  }

  private static float x(PdfLine piece) {
    return (piece.left() + piece.right()) / 2;
  }

  private static float y(PdfLine piece) {
    return piece.y() - piece.fontSize() * MIDDLE;
  }

  /** Empty where so few cells hold words that the rules are those of a drawing. */
  private List<PdfLine> rows(List<PdfLine> inside) {
    inside.forEach(
        piece -> cells.get(grid.row(y(piece)) * grid.columns() + grid.column(x(piece))).add(piece));
    if (cells.stream().filter(c -> !c.isEmpty()).count() < FEWEST_FILLED) {
      return List.of();
    }
    List<PdfLine> rows = new ArrayList<>();
    boolean[] covered = new boolean[cells.size()];
    for (int row = 0; row < grid.rows(); row++) {
      if (isSeveralRows(row)) {
        addLines(row, rows);
      } else {
        addRow(row, covered, rows);
      }
    }
    return HeaderRows.marked(rows);
  }

  private void addRow(int row, boolean[] covered, List<PdfLine> rows) {
    List<Cell> found = new ArrayList<>();
    List<PdfLine> words = new ArrayList<>();
    for (int column = 0; column < grid.columns(); column++) {
      if (covered[row * grid.columns() + column]) {
        continue;
      }
      int width = 1;
      while (column + width < grid.columns() && !grid.closedRight(row, column + width - 1)) {
        width++;
      }
      int height = 1;
      while (row + height < grid.rows() && !grid.closedBelow(row + height - 1, column)) {
        height++;
      }
      List<PdfLine> cell = new ArrayList<>();
      for (int r = row; r < row + height; r++) {
        for (int c = column; c < column + width; c++) {
          covered[r * grid.columns() + c] = true;
          cell.addAll(cells.get(r * grid.columns() + c));
        }
      }
      words.addAll(cell);
      found.add(new Cell(column, joined(cell), height, width));
    }
    add(found, words, rows);
  }

  /**
   * Whether the words of a row without rules in it are several rows all the same: the first column
   * has a word in each line, and the others have theirs at the same height.
   */
  private boolean isSeveralRows(int row) {
    List<PdfLine> labels = cells.get(row * grid.columns());
    TreeSet<Float> lines = new TreeSet<>();
    labels.forEach(label -> lines.add(label.y()));
    if (lines.size() < 2 || !grid.closedRight(row, 0)) {
      return false;
    }
    float width = grid.xs().get(1) - grid.xs().getFirst();
    boolean full = labels.stream().anyMatch(l -> l.right() - grid.xs().getFirst() > width * SHORT);
    boolean others = false;
    for (int column = 1; column < grid.columns(); column++) {
      for (PdfLine piece : cells.get(row * grid.columns() + column)) {
        if (lines.stream().noneMatch(y -> Math.abs(y - piece.y()) <= SAME_LINE)) {
          return false;
        }
        others = true;
      }
    }
    return others && !full && isEven(new ArrayList<>(lines));
  }

  /** Lines of one cell stand close together, those of rows further apart. */
  private boolean isEven(List<Float> lines) {
    float size =
        cells.stream().filter(c -> !c.isEmpty()).findFirst().orElseThrow().getFirst().fontSize();
    return lines.getLast() - lines.getFirst() > (lines.size() - 1) * size * 1.4f;
  }

  private void addLines(int row, List<PdfLine> rows) {
    List<PdfLine> labels = new ArrayList<>(cells.get(row * grid.columns()));
    labels.sort(Comparator.comparingDouble(PdfLine::y));
    for (PdfLine label : labels) {
      List<Cell> found = new ArrayList<>();
      List<PdfLine> words = new ArrayList<>();
      for (int column = 0; column < grid.columns(); column++) {
        List<PdfLine> cell =
            cells.get(row * grid.columns() + column).stream()
                .filter(piece -> Math.abs(piece.y() - label.y()) <= SAME_LINE)
                .toList();
        words.addAll(cell);
        found.add(new Cell(column, joined(cell), 1, 1));
      }
      add(found, words, rows);
    }
  }

  private void add(List<Cell> found, List<PdfLine> words, List<PdfLine> rows) {
    PdfRow row = new PdfRow(found, false, grid.xs(), grid.top(), grid.bottom());
    if (!words.isEmpty()) {
      rows.add(PdfLine.ofRow(words, row));
    }
  }

  private static String joined(List<PdfLine> cell) {
    List<PdfLine> sorted = new ArrayList<>(cell);
    sorted.sort(
        Comparator.comparingInt((PdfLine p) -> Math.round(p.y() / SAME_LINE))
            .thenComparingDouble(PdfLine::left));
    StringBuilder text = new StringBuilder();
    sorted.forEach(piece -> CleanText.join(text, piece.text()));
    return text.toString();
  }
}
