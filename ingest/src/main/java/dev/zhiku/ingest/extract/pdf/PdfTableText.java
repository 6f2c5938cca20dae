package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.TableGrid;
import dev.zhiku.ingest.extract.TableRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands over the rows of tables. One that ends a page goes on with that which begins the next if
 * their columns are the same; names of columns that are repeated there are left out.
 */
final class PdfTableText {
  private static final int MOST_HEADER_ROWS = 4;

  private final BlockSink sink;
  private final List<Integer> pages = new ArrayList<>();
  private final List<List<PdfRow.Cell>> beginning = new ArrayList<>();
  private @Nullable TableGrid grid;
  private @Nullable PdfRow last;
  private int lastPage;
  private int repeated;
  private boolean repeating;

  PdfTableText(BlockSink sink) {
    this.sink = sink;
  }

  void row(PdfRow row, int page) {
    TableGrid open = grid;
    if (open == null || !goesOn(row, page)) {
      end();
      open = begin();
    }
    last = row;
    lastPage = page;
    pages.add(page);
    int number = pages.size();
    int again = repeating ? beginning.subList(repeated, beginning.size()).indexOf(row.cells()) : -1;
    if (again >= 0) {
      repeated += again + 1;
      open.skip(number);
      return;
    }
    repeating = false;
    if (beginning.size() < MOST_HEADER_ROWS && number <= MOST_HEADER_ROWS) {
      beginning.add(row.cells());
    }
    for (PdfRow.Cell cell : row.cells()) {
      open.put(number, cell.column(), cell.text(), cell.rowSpan(), cell.columnSpan());
    }
    open.endRow(number, row.header());
  }

  private boolean goesOn(PdfRow row, int page) {
    PdfRow before = last;
    if (before == null) {
      return false;
    }
    if (page == lastPage) {
      return before.top() == row.top() && before.columns().equals(row.columns());
    }
    repeating = page == lastPage + 1 && before.hasColumnsOf(row);
    repeated = 0;
    return repeating;
  }

  private TableGrid begin() {
    pages.clear();
    beginning.clear();
    repeating = false;
    TableRows rows = new TableRows(sink, number -> place(pages.get(number - 1)), false);
    TableGrid begun = new TableGrid(rows, text -> sink.paragraph(text, place(pages.getLast())));
    grid = begun;
    return begun;
  }

  /** Ends the table: something else follows. */
  void end() {
    TableGrid open = grid;
    grid = null;
    last = null;
    if (open != null) {
      open.finish();
    }
  }

  private static Place place(int page) {
    return new Place(Kind.PAGE, Optional.empty(), Optional.empty(), page, page);
  }
}
