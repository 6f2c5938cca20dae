package dev.zhiku.ingest.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cells of a table with spans on their way to rows of equal columns. A value that spans rows stands
 * in each of them; one that spans columns too, but a label at the start of a row stands once. A
 * first row whose cells span those of the next is a header of groups: both are column names. Where
 * a row may be of a form, the rows behind it are held back until they tell.
 */
public final class TableGrid {
  private static final int MAX_COLUMNS = 1_000;
  private static final int FORM_COLUMNS = 3;
  private static final int JUDGED_ROWS = 20;
  private static final int REPEATED_CHARACTERS = 500;

  private final TableRows rows;
  private final @Nullable Consumer<String> alone;
  private final TreeMap<Integer, Cell> spanning = new TreeMap<>();
  private TreeMap<Integer, Cell> cells = new TreeMap<>();
  private final List<Line> undecided = new ArrayList<>();
  private @Nullable Boolean form;
  private @Nullable Line candidate;
  private int lastNumber;
  private int headerEnd;
  private boolean begun;

  /** A value and what it covers; the last row is known once its row is. */
  private record Cell(String text, int rowSpan, int columnSpan, int lastRow) {}

  private record Line(
      int number, NavigableMap<Integer, Cell> cells, boolean marked, boolean single) {
    Line asHeader() {
      return new Line(number, cells, true, single);
    }

    long filled() {
      return cells.values().stream().filter(c -> !c.text().isBlank()).count();
    }

    String at(int column) {
      var cell = cells.floorEntry(column);
      return cell != null && cell.getKey() + cell.getValue().columnSpan() > column
          ? cell.getValue().text()
          : "";
    }

    /** Whether it is a label, and one value as wide as three columns or more to the end. */
    boolean isOfForm() {
      return !marked
          && filled() == 2
          && cells.size() == 2
          && cells.firstEntry().getValue().columnSpan() == 1
          && cells.lastEntry().getValue().columnSpan() >= FORM_COLUMNS;
    }

    boolean spansColumns() {
      return filled() > 1
          && cells.values().stream().anyMatch(c -> c.columnSpan() > 1 && !c.text().isBlank());
    }
  }

  /**
   * @param rows takes the rows, also those that are one cell
   */
  public TableGrid(TableRows rows) {
    this.rows = rows;
    this.alone = null;
  }

  /**
   * @param rows takes the rows
   * @param alone takes the text of a row that is one cell
   */
  public TableGrid(TableRows rows, Consumer<String> alone) {
    this.rows = rows;
    this.alone = alone;
  }

  /** Sets a cell into the next column that is free. */
  public void add(int row, String text, int rowSpan, int columnSpan) {
    int column = cells.isEmpty() ? 0 : cells.lastKey() + cells.lastEntry().getValue().columnSpan();
    for (Optional<Integer> next = endOfSpan(row, column); next.isPresent(); ) {
      column = next.get();
      next = endOfSpan(row, column);
    }
    put(row, column, text, rowSpan, columnSpan);
  }

  /**
   * Sets a cell where it stands.
   *
   * @param row growing
   * @param rowSpan 0 for all rows that follow
   */
  public void put(int row, int column, String text, int rowSpan, int columnSpan) {
    if (column >= MAX_COLUMNS || isCovered(row, column)) {
      return;
    }
    int height = rowSpan <= 0 ? MAX_COLUMNS : rowSpan;
    int width = Math.clamp(columnSpan, 1, MAX_COLUMNS - column);
    cells.put(column, new Cell(text, height, width, row + height - 1));
  }

  /**
   * @param marked whether the format says that this is a header
   */
  public void endRow(int number, boolean marked) {
    boolean own = cells.values().stream().anyMatch(c -> !c.text().isBlank());
    boolean single =
        cells.size() == 1 && spanning.values().stream().noneMatch(c -> c.lastRow() >= number);
    Line row = new Line(number, withSpanning(number), marked, single);
    cells = new TreeMap<>();
    if (!own) {
      return;
    }
    boolean asks = alone != null && form == null && row.isOfForm();
    if (!undecided.isEmpty() || asks) {
      undecided.add(row);
      if (undecided.size() == JUDGED_ROWS) {
        decide();
      }
    } else {
      take(row);
    }
  }

  /** Tells from the rows at hand whether the table is a form, and passes them on. */
  private void decide() {
    FormRows rowsOfForm = new FormRows();
    for (Line row : undecided) {
      if (row.isOfForm()) {
        rowsOfForm.addWide();
      } else if (!row.single()) {
        rowsOfForm.add(row.cells().values().stream().map(Cell::text).toList());
      }
    }
    form = rowsOfForm.areMost();
    List<Line> decided = List.copyOf(undecided);
    undecided.clear();
    decided.forEach(this::take);
  }

  private void take(Line next) {
    int number = next.number();
    Line row = number <= headerEnd ? next.asHeader() : next;
    if (number > lastNumber + 1) {
      begun = false;
    }
    lastNumber = number;
    if (form != null && form && row.isOfForm()) {
      rows.formFollows();
    }
    Line first = candidate;
    candidate = null;
    if (first != null) {
      boolean group = isGroup(first, row);
      emit(first, group);
      if (group) {
        headerEnd = Math.max(number, headerEnd(first));
        row = row.asHeader();
      }
    }
    if (row.spansColumns() && (!begun || row.marked())) {
      candidate = row;
    } else if (row.single() && alone != null) {
      Consumer<String> taker = alone;
      String text = row.cells().firstEntry().getValue().text();
      rows.alone(() -> taker.accept(text));
    } else {
      emit(row, false);
    }
  }

  /** Says that no cell above spans what follows. */
  public void endSpans() {
    spanning.clear();
  }

  /** Passes over a row that is left out. */
  public void skip(int number) {
    cells = new TreeMap<>();
    lastNumber = number;
    rows.skip();
  }

  /** Hands over what is held. */
  public void finish() {
    decide();
    Line last = candidate;
    candidate = null;
    if (last != null) {
      emit(last, false);
    }
    rows.finish();
  }

  private Optional<Integer> endOfSpan(int row, int column) {
    var before = spanning.floorEntry(column);
    return before != null
            && before.getValue().lastRow() >= row
            && before.getKey() + before.getValue().columnSpan() > column
        ? Optional.of(before.getKey() + before.getValue().columnSpan())
        : Optional.empty();
  }

  private boolean isCovered(int row, int column) {
    var before = cells.floorEntry(column);
    boolean covered = before != null && before.getKey() + before.getValue().columnSpan() > column;
    return covered || endOfSpan(row, column).isPresent();
  }

  private NavigableMap<Integer, Cell> withSpanning(int number) {
    TreeMap<Integer, Cell> all = new TreeMap<>(cells);
    spanning.values().removeIf(cell -> cell.lastRow() < number);
    spanning.forEach(all::putIfAbsent);
    cells.forEach(
        (column, cell) -> {
          if (cell.rowSpan() > 1) {
            spanning.put(column, cell);
          }
        });
    return all;
  }

  /** Whether each cell of the first row covers the one below it, or has nothing there. */
  private static boolean isGroup(Line first, Line next) {
    if (next.number() != first.number() + 1) {
      return false;
    }
    for (var cell : first.cells().entrySet()) {
      int column = cell.getKey();
      Cell above = cell.getValue();
      boolean below = !next.at(column).isBlank();
      boolean spans = above.columnSpan() > 1 && !above.text().isBlank();
      if (spans && above.lastRow() < next.number()) {
        if (!below || next.at(column + 1).isBlank()) {
          return false;
        }
      } else if (!above.text().isBlank() && above.lastRow() < next.number() && below) {
        return false;
      }
    }
    return true;
  }

  private static int headerEnd(Line first) {
    return first.cells().values().stream()
        .filter(c -> c.rowSpan() < MAX_COLUMNS)
        .mapToInt(Cell::lastRow)
        .max()
        .orElse(0);
  }

  private void emit(Line line, boolean group) {
    boolean header = line.marked() || group;
    boolean preface = !begun && TableRows.isPreface(texts(line, false));
    begun |= !header && line.filled() > 1 && !preface;
    if (!header && line.spansColumns()) {
      rows.addValues(line.number(), texts(line, false));
    } else {
      rows.add(line.number(), texts(line, header), header);
    }
  }

  private static List<String> texts(Line line, boolean header) {
    List<String> texts = new ArrayList<>();
    boolean several = line.filled() > 1;
    line.cells()
        .forEach(
            (column, cell) -> {
              while (texts.size() < column) {
                texts.add("");
              }
              texts.add(cell.text());
              boolean repeated =
                  several && (header || column > 0) && cell.text().length() <= REPEATED_CHARACTERS;
              for (int i = 1; i < cell.columnSpan(); i++) {
                texts.add(repeated ? cell.text() : "");
              }
            });
    return texts;
  }
}
