package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.ingest.extract.pdf.PdfRow.Cell;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A table without rules: rows whose pieces stand below each other, with gaps that nothing crosses.
 * Rows are taken as long as each piece has a column to itself.
 */
final class AlignedTable {
  private static final int FEWEST_ROWS = 2;
  private static final int MOST_ROWS = 300;
  private static final float FARTHEST = 3.2f;
  private static final float NEXT_LINE = 1.6f;

  private final List<List<PdfLine>> rows;
  private final TableColumns columns;
  private final WrappedRows wrapped;

  private AlignedTable(List<List<PdfLine>> rows, RowRules rules, WrittenOrder order) {
    this.columns = TableColumns.of(rows);
    this.rows = rows.stream().map(columns::parted).toList();
    this.wrapped = new WrappedRows(this.rows, columns, rules, order);
  }

  /** The lines of a page, those of its tables without rules as rows with cells. */
  static List<PdfLine> in(List<PdfLine> pieces, RowRules rules) {
    List<List<PdfLine>> rows = VisualRows.of(pieces);
    WrittenOrder order = new WrittenOrder(pieces);
    IdentityHashMap<PdfLine, List<PdfLine>> tables = new IdentityHashMap<>();
    for (int i = 0; i < rows.size(); ) {
      int end = TextColumns.end(rows, i);
      Optional<AlignedTable> table =
          end > i
              ? Optional.empty()
              : first(rows.subList(i, Math.min(rows.size(), i + MOST_ROWS)), rules, order);
      if (table.isPresent()) {
        end = i + table.get().rows.size();
        List<PdfLine> lines = table.get().lines();
        rows.subList(i, end).forEach(row -> row.forEach(piece -> tables.put(piece, lines)));
      }
      i = Math.max(end, i + 1);
    }
    List<PdfLine> all = new ArrayList<>();
    IdentityHashMap<List<PdfLine>, Boolean> written = new IdentityHashMap<>();
    for (PdfLine piece : pieces) {
      List<PdfLine> lines = tables.get(piece);
      if (lines == null) {
        all.add(piece);
      } else if (written.put(lines, true) == null) {
        all.addAll(lines);
      }
    }
    return all;
  }

  /** The table that begins with the first of these rows. */
  private static Optional<AlignedTable> first(
      List<List<PdfLine>> rows, RowRules rules, WrittenOrder order) {
    int most = near(rows);
    Optional<AlignedTable> best = Optional.empty();
    for (int end = FEWEST_ROWS; end <= most; end++) {
      AlignedTable longer = new AlignedTable(rows.subList(0, end), rules, order);
      if (!longer.fits()) {
        break;
      }
      if (longer.mayEnd()) {
        best = Optional.of(longer);
      }
    }
    return best.filter(table -> TableShape.isTable(table.rows, table.columns));
  }

  /** How many rows follow each other without a wide gap. */
  private static int near(List<List<PdfLine>> rows) {
    int end = 1;
    boolean begins = rows.getFirst().size() > 1 || isLineAboveNames(rows);
    while (begins && end < rows.size()) {
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

  /** Whether one word stands close above names of columns, and not above the first. */
  private static boolean isLineAboveNames(List<List<PdfLine>> rows) {
    if (rows.size() < FEWEST_ROWS || rows.get(1).size() < FEWEST_ROWS + 1) {
      return false;
    }
    PdfLine word = rows.getFirst().getFirst();
    List<PdfLine> names = rows.get(1);
    return names.getFirst().y() - word.y() < word.fontSize() * NEXT_LINE
        && names.stream().skip(1).anyMatch(n -> word.left() < n.right() && n.left() < word.right());
  }

  /** Whether each piece has a column to itself, and no line of text crosses several. */
  private boolean fits() {
    for (int r = 0; r < rows.size(); r++) {
      List<PdfLine> row = rows.get(r);
      boolean crosses = r > 0 && row.size() == 1 && columns.span(row.getFirst()) > 1;
      if (crosses && r + 1 < rows.size() && rows.get(r + 1).size() == 1) {
        return false;
      }
      int last = -1;
      for (PdfLine piece : row) {
        int first = columns.first(piece);
        if (first <= last) {
          return false;
        }
        last = first + columns.span(piece) - 1;
      }
    }
    return columns.size() > 1;
  }

  /** Whether the last row is one of the table: several cells, or one that goes on. */
  private boolean mayEnd() {
    List<PdfLine> last = rows.getLast();
    PdfLine piece = last.getFirst();
    if (last.size() > 1) {
      return true;
    }
    boolean close = wrapped.goesOn(rows.size() - 1);
    return close
        && columns.span(piece) == 1
        && piece.y() - rows.get(rows.size() - 2).getFirst().y() < piece.fontSize() * NEXT_LINE;
  }

  private List<PdfLine> lines() {
    List<PdfLine> lines = new ArrayList<>();
    int names = 0;
    for (WrappedRows.Row row : wrapped.joined()) {
      names += row.isOfNames() ? 1 : 0;
      lines.add(line(row));
    }
    return HeaderRows.marked(lines, names);
  }

  private PdfLine line(WrappedRows.Row row) {
    List<Cell> cells = new ArrayList<>();
    boolean alone = row.texts().size() == 1 && row.texts().containsKey(0);
    for (int c = 0; c < columns.size(); c++) {
      int width = alone ? columns.size() : row.spans().getOrDefault(c, 1);
      cells.add(new Cell(c, row.texts().getOrDefault(c, ""), 1, width));
      c += width - 1;
    }
    float top = rows.getFirst().getFirst().y() - rows.getFirst().getFirst().fontSize();
    return PdfLine.ofRow(
        row.words(), new PdfRow(cells, false, columns.edges(), top, rows.getLast().getFirst().y()));
  }
}
