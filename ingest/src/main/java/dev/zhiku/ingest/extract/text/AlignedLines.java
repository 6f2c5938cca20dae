package dev.zhiku.ingest.extract.text;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.TableRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Lines that follow each other whose words stand in columns, set off by tabs or by two blanks and
 * more. They are columns if a strip between them is blank in every line.
 */
final class AlignedLines {
  private static final int FEWEST_LINES = 3;

  /** A longer run is a log, of which each line as a block of its own would be too many. */
  private static final int MOST_LINES = 20_000;

  private static final Pattern GAP = Pattern.compile("\\t[ \\t\\u3000]*|[ \\u3000][ \\t\\u3000]+");
  private static final Pattern RULE = Pattern.compile("[\\s\\u3000]*[-=_+|─━═—*\\s\\u3000]{3,}");

  private final int start;
  private final List<List<String>> rows;

  /** Words between two gaps, with the places on the screen where they begin and end. */
  private record Cell(String text, int start, int end) {}

  /** How wide a Chinese character and a tab are where the lines were written. */
  private record Widths(int wide, int tab) {
    private static final List<Widths> USUAL =
        List.of(new Widths(2, 8), new Widths(2, 4), new Widths(1, 8), new Widths(1, 4));
  }

  private AlignedLines(int start, List<List<String>> rows) {
    this.start = start;
    this.rows = rows;
  }

  /** The first of the lines. */
  int start() {
    return start;
  }

  /** The line after the last. */
  int end() {
    return start + rows.size();
  }

  /** The tables among lines that no blank line parts, in order. */
  static List<AlignedLines> in(List<String> lines) {
    List<AlignedLines> found = new ArrayList<>();
    int first = 0;
    while (first < lines.size()) {
      int end = first;
      while (end < lines.size() && (hasGap(lines.get(end)) || isRule(lines.get(end)))) {
        end++;
      }
      if (end - first >= FEWEST_LINES && end - first <= MOST_LINES) {
        int start = first;
        rows(lines.subList(first, end)).ifPresent(r -> found.add(new AlignedLines(start, r)));
      }
      first = Math.max(end, first + 1);
    }
    return found;
  }

  private static boolean hasGap(String line) {
    return GAP.matcher(line.strip()).find();
  }

  private static boolean isRule(String line) {
    return RULE.matcher(line).matches();
  }

  /**
   * @param places from a line, counted as {@link #start()} is, to its place
   */
  void read(BlockSink sink, IntFunction<Place> places) {
    TableRows table = new TableRows(sink, places, false);
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).isEmpty()) {
        table.skip();
      } else {
        boolean header = i == 0 && rows.size() > 1 && rows.get(1).isEmpty();
        table.add(start + i, rows.get(i), header);
      }
    }
    table.finish();
  }

  /** The cells of each line, none for a line that is drawn; empty if the lines do not align. */
  private static Optional<List<List<String>>> rows(List<String> lines) {
    Optional<List<List<String>>> tabbed = tabbed(lines);
    for (int i = 0; i < Widths.USUAL.size() && tabbed.isEmpty(); i++) {
      tabbed = aligned(lines, Widths.USUAL.get(i));
    }
    return tabbed;
  }

  /** Lines with as many tabs each. */
  private static Optional<List<List<String>>> tabbed(List<String> lines) {
    List<List<String>> rows = new ArrayList<>();
    int columns = 0;
    for (String line : lines) {
      List<String> cells = isRule(line) ? List.of() : List.of(line.split("\t", -1));
      columns = columns == 0 ? cells.size() : columns;
      if (!cells.isEmpty() && (cells.size() != columns || columns < 2)) {
        return Optional.empty();
      }
      rows.add(cells);
    }
    return Optional.of(rows).filter(found -> columnsOf(found) > 1);
  }

  private static int columnsOf(List<List<String>> rows) {
    return rows.stream().mapToInt(List::size).max().orElse(0);
  }

  private static Optional<List<List<String>>> aligned(List<String> lines, Widths widths) {
    List<List<Cell>> cells = new ArrayList<>();
    for (String line : lines) {
      cells.add(isRule(line) ? List.of() : cells(line, widths));
    }
    List<Integer> columns = columns(cells.stream().flatMap(List::stream).toList());
    List<List<String>> rows = new ArrayList<>();
    for (List<Cell> line : cells) {
      List<String> row = new ArrayList<>();
      for (Cell cell : line) {
        int column = column(columns, cell.start());
        if (column < row.size()) {
          return Optional.empty();
        }
        row.addAll(Collections.nCopies(column - row.size(), ""));
        row.add(cell.text());
      }
      rows.add(row);
    }
    return Optional.of(rows).filter(found -> columnsOf(found) > 1);
  }

  private static int column(List<Integer> columns, int position) {
    int found = Collections.binarySearch(columns, position);
    return found >= 0 ? found : -found - 2;
  }

  /** Where columns begin: behind each strip that no cell reaches into. */
  private static List<Integer> columns(List<Cell> cells) {
    List<Integer> starts = new ArrayList<>();
    int end = -1;
    for (Cell cell : cells.stream().sorted(Comparator.comparingInt(Cell::start)).toList()) {
      if (cell.start() > end) {
        starts.add(cell.start());
      }
      end = Math.max(end, cell.end());
    }
    return starts;
  }

  private static List<Cell> cells(String line, Widths widths) {
    List<Cell> cells = new ArrayList<>();
    int from = 0;
    int position = 0;
    var gaps = GAP.matcher(line);
    while (from < line.length()) {
      boolean more = gaps.find();
      String text = line.substring(from, more ? gaps.start() : line.length());
      int end = after(position, text, widths);
      if (!text.isBlank()) {
        int begin = after(position, text.substring(0, text.indexOf(text.strip())), widths);
        cells.add(new Cell(text.strip(), begin, end));
      }
      position = more ? after(end, gaps.group(), widths) : end;
      from = more ? gaps.end() : line.length();
    }
    return cells;
  }

  private static int after(int position, String text, Widths widths) {
    int at = position;
    for (int c : text.codePoints().toArray()) {
      if (c == '\t') {
        at += widths.tab() - at % widths.tab();
      } else {
        at += CleanText.isWide(c) || c == '\u3000' ? widths.wide() : 1;
      }
    }
    return at;
  }
}
