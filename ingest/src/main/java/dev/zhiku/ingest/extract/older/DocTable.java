package dev.zhiku.ingest.extract.older;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.TableGrid;
import dev.zhiku.ingest.extract.TableRows;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Table;
import org.apache.poi.hwpf.usermodel.TableCell;
import org.apache.poi.hwpf.usermodel.TableRow;

/**
 * A table of a Word document. Which columns a cell covers is told by its edges alone, in twentieths
 * of a point.
 */
final class DocTable {
  private static final int SAME_EDGE = 40;

  private final List<TableRow> shown = new ArrayList<>();
  private final Function<Paragraph, String> words;
  private final List<Integer> edges = new ArrayList<>();
  private int deletedRows;

  DocTable(Table table, Function<Paragraph, String> words) {
    this.words = words;
    TreeSet<Integer> all = new TreeSet<>();
    for (int r = 0; r < table.numRows(); r++) {
      TableRow row = table.getRow(r);
      if (isDeleted(row)) {
        deletedRows += row.text().chars().allMatch(c -> c <= ' ') ? 0 : 1;
      } else {
        shown.add(row);
      }
    }
    for (TableRow row : shown) {
      for (int c = 0; c < row.numCells(); c++) {
        all.add(row.getCell(c).getLeftEdge());
        all.add(row.getCell(c).getLeftEdge() + row.getCell(c).getWidth());
      }
    }
    for (int edge : all) {
      if (edges.isEmpty() || edge - edges.getLast() > SAME_EDGE) {
        edges.add(edge);
      }
    }
  }

  /** Whether the mark at the end of the row was deleted under tracked changes. */
  private static boolean isDeleted(TableRow row) {
    if (row.numParagraphs() == 0) {
      return false;
    }
    Paragraph end = row.getParagraph(row.numParagraphs() - 1);
    int runs = end.numCharacterRuns();
    return end.isTableRowEnd() && runs > 0 && end.getCharacterRun(runs - 1).isMarkedDeleted();
  }

  /** How many rows with words in them were deleted under tracked changes. */
  int deletedRows() {
    return deletedRows;
  }

  void read(BlockSink sink) {
    TableRows rows = new TableRows(sink, row -> Place.WHOLE, false);
    TableGrid grid = new TableGrid(rows, line -> sink.paragraph(line, Place.WHOLE));
    for (int r = 0; r < shown.size(); r++) {
      TableRow row = shown.get(r);
      for (int c = 0; c < row.numCells(); c++) {
        TableCell cell = row.getCell(c);
        String text = text(cell);
        if (!isContinuation(cell) && !isCovered(cell)) {
          grid.put(r + 1, column(cell), text, rows(r, cell), columns(row, c));
        }
      }
      grid.endRow(r + 1, row.isTableHeader());
    }
    grid.finish();
  }

  private String text(TableCell cell) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cell.numParagraphs(); i++) {
      text.append(words.apply(cell.getParagraph(i))).append('\n');
    }
    return CleanText.line(text.toString());
  }

  private static boolean isContinuation(TableCell cell) {
    return cell.isVerticallyMerged() && !cell.isFirstVerticallyMerged();
  }

  private static boolean isCovered(TableCell cell) {
    return cell.isMerged() && !cell.isFirstMerged();
  }

  private int column(TableCell cell) {
    return nearest(cell.getLeftEdge());
  }

  private int columns(TableRow row, int index) {
    TableCell cell = row.getCell(index);
    int end = cell.getLeftEdge() + cell.getWidth();
    for (int next = index + 1; next < row.numCells() && isCovered(row.getCell(next)); next++) {
      end = row.getCell(next).getLeftEdge() + row.getCell(next).getWidth();
    }
    return Math.max(1, nearest(end) - column(cell));
  }

  private int nearest(int position) {
    int found = 0;
    while (found + 1 < edges.size() && edges.get(found + 1) <= position) {
      found++;
    }
    return found;
  }

  private int rows(int first, TableCell cell) {
    int count = 1;
    if (cell.isFirstVerticallyMerged()) {
      while (first + count < shown.size() && goesOn(shown.get(first + count), cell)) {
        count++;
      }
    }
    return count;
  }

  private boolean goesOn(TableRow row, TableCell above) {
    for (int c = 0; c < row.numCells(); c++) {
      if (column(row.getCell(c)) == column(above)) {
        return isContinuation(row.getCell(c));
      }
    }
    return false;
  }
}
