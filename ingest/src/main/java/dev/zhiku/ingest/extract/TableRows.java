package dev.zhiku.ingest.extract;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the header of a table while its rows go by, holding back one row. A first row is the header
 * if it is marked as one, or if all its cells are short words and a row follows in which one of
 * them stands over a figure; of three columns and more, any such row will do. Years are such words.
 * Titles of parts may stand between the header and that row. After a gap in a sheet a new header
 * may begin. Marked rows that follow each other are one header. Titles above a table are
 * paragraphs.
 */
public final class TableRows {
  private static final Pattern FIGURE =
      Pattern.compile("[\\p{Sc}(+-]*\\d[\\d.,:/\\s-]*[%\\p{Sc})]*");
  private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d\\d");
  private static final Pattern LABELLED =
      Pattern.compile("\\p{L}[^:：\\n]{0,20}[:：](?!//)\\s*\\S[^\\n]{0,80}");
  private static final int HEADER_CELL_CHARACTERS = 60;
  private static final int CERTAIN_COLUMNS = 3;
  private static final int MOST_BETWEEN = 3;

  private final BlockSink sink;
  private final IntFunction<Place> places;
  private final boolean tabular;
  private List<String> header = List.of();
  private final List<Runnable> between = new ArrayList<>();
  private @Nullable Held held;
  private boolean started;
  private boolean headerOpen;
  private int skipped;

  private record Held(
      int number, List<String> cells, boolean marked, boolean afterGap, String written) {}

  /**
   * @param places from a row's number to its place
   * @param tabular whether the file is known to be a table, so that two columns suffice
   */
  public TableRows(BlockSink sink, IntFunction<Place> places, boolean tabular) {
    this.sink = sink;
    this.places = places;
    this.tabular = tabular;
  }

  /**
   * @param number of the row, growing; a jump is a gap
   * @param marked whether the format says that this is a header
   */
  public void add(int number, List<String> cells, boolean marked) {
    add(number, cells, marked, CleanText.line(String.join(" ", cells)));
  }

  /**
   * @param written the row as it stands in the file; a title above the table is shown like that
   */
  public void add(int number, List<String> cells, boolean marked, String written) {
    add(number, cells, marked, true, written);
  }

  /** A row that is no header, whatever it looks like. */
  void addValues(int number, List<String> cells) {
    add(number, cells, false, false, CleanText.line(String.join(" ", cells)));
  }

  private void add(
      int number, List<String> cells, boolean marked, boolean mayBeHeader, String written) {
    if (cells.stream().allMatch(String::isBlank)) {
      return;
    }
    Held before = held;
    boolean gap = before != null && number > before.number() + 1 + skipped;
    if (!gap && !marked && isTitle(cells) && awaitsRows()) {
      skipped++;
      between.add(
          () -> emit(new Held(number, withoutTrailingBlanks(cells), false, false, written)));
      return;
    }
    skipped = 0;
    boolean afterTitle = before != null && decide(before, cells, gap);
    endBetween();
    boolean mayBegin = mayBeHeader && (before == null || gap || afterTitle);
    held = new Held(number, withoutTrailingBlanks(cells), marked, mayBegin, written);
  }

  /** Whether the row held may be a header that parts of the table follow, each with a title. */
  private boolean awaitsRows() {
    Held first = held;
    return first != null
        && between.size() < MOST_BETWEEN
        && (first.marked() || (first.afterGap() && areNames(first.cells(), List.of())))
        && !isTitle(first.cells());
  }

  private void endBetween() {
    List<Runnable> rows = List.copyOf(between);
    between.clear();
    rows.forEach(Runnable::run);
  }

  /** Passes over a row that is left out: it makes no gap. */
  public void skip() {
    skipped++;
  }

  /** Says that the table is a form of labels and values: the row held is no header of it. */
  void formFollows() {
    Held first = held;
    if (first != null && !first.marked()) {
      held = new Held(first.number(), first.cells(), false, false, first.written());
    }
  }

  /**
   * Hands over what is no row of cells: behind the row held, or once it is known whether that is
   * the header.
   */
  void alone(Runnable handOver) {
    if (awaitsRows()) {
      skipped++;
      between.add(handOver);
      return;
    }
    Held last = held;
    if (last != null && !last.marked() && (started || !header.isEmpty())) {
      held = null;
      emit(last);
    }
    endBetween();
    handOver.run();
  }

  /** Hands over the last row. */
  public void finish() {
    Held last = held;
    held = null;
    if (last != null) {
      emit(last);
    }
    endBetween();
  }

  /** Whether the row was a title above the table. */
  private boolean decide(Held row, List<String> next, boolean gapFollows) {
    boolean header =
        !gapFollows && (row.marked() || (row.afterGap() && looksLikeHeader(row.cells(), next)));
    if (header) {
      this.header = headerOpen && row.marked() ? joined(this.header, row.cells()) : row.cells();
      headerOpen = row.marked();
      started = true;
    } else if (!started && (isTitle(row.cells()) || isPreface(row.cells()))) {
      sink.paragraph(Role.CAPTION, row.written(), places.apply(row.number()));
      return true;
    } else {
      emit(row);
    }
    return false;
  }

  private static boolean isTitle(List<String> cells) {
    return cells.stream().filter(c -> !c.isBlank()).count() == 1;
  }

  /** Whether each cell is a label with its value, such as the unit and date above a table. */
  static boolean isPreface(List<String> cells) {
    return cells.stream().allMatch(c -> c.isBlank() || LABELLED.matcher(c.strip()).matches());
  }

  private void emit(Held row) {
    started = true;
    headerOpen = false;
    sink.row(header, row.cells(), places.apply(row.number()));
  }

  /** Names of columns under the names of their groups. */
  private static List<String> joined(List<String> groups, List<String> names) {
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < Math.max(groups.size(), names.size()); i++) {
      String group = i < groups.size() ? groups.get(i).strip() : "";
      String name = i < names.size() ? names.get(i).strip() : "";
      joined.add(group.endsWith(name) ? group : (group + " " + name).strip());
    }
    return joined;
  }

  private static List<String> withoutTrailingBlanks(List<String> cells) {
    int end = cells.size();
    while (end > 0 && cells.get(end - 1).isBlank()) {
      end--;
    }
    return List.copyOf(cells.subList(0, end));
  }

  private boolean looksLikeHeader(List<String> cells, List<String> next) {
    long filled = cells.stream().filter(c -> !c.isBlank()).count();
    boolean words = filled >= 2 && filled >= cells.size() - 1 && areNames(cells, next);
    if (!words || next.stream().filter(c -> !c.isBlank()).count() < 2) {
      return false;
    }
    boolean first = header.isEmpty() && !started;
    return (first && (tabular || filled >= CERTAIN_COLUMNS)) || standsOverFigure(cells, next);
  }

  /** Words, or behind a first word years that stand over something else. */
  private static boolean areNames(List<String> cells, List<String> next) {
    for (int i = 0; i < cells.size(); i++) {
      boolean year = i > 0 && YEAR.matcher(cells.get(i).strip()).matches();
      boolean overYear = i < next.size() && YEAR.matcher(next.get(i).strip()).matches();
      if (!isWord(cells.get(i)) && !(year && !overYear)) {
        return false;
      }
    }
    return true;
  }

  static boolean isWord(String cell) {
    String name = cell.strip();
    return cell.length() <= HEADER_CELL_CHARACTERS
        && !FIGURE.matcher(name).matches()
        && !name.endsWith(":")
        && !name.endsWith("：");
  }

  private static boolean standsOverFigure(List<String> cells, List<String> next) {
    for (int i = 0; i < Math.min(cells.size(), next.size()); i++) {
      if (!cells.get(i).isBlank() && FIGURE.matcher(next.get(i).strip()).matches()) {
        return true;
      }
    }
    return false;
  }
}
