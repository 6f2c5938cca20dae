package dev.zhiku.ingest.extract.pdf;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which a page's program wrote the pieces of a table. Where it wrote cell by cell, a
 * piece below the one written just before it, in the same column, is the next line of the same
 * cell. Programs that write line by line, or column by column, tell nothing.
 */
final class WrittenOrder {
  private static final float NEXT_LINE = 1.6f;
  private static final int ROWS_OF_CELLS = 3;

  private final Map<Corner, Integer> places = new HashMap<>();

  private record Corner(float left, float y) {
    static Corner of(PdfLine piece) {
      return new Corner(piece.left(), piece.y());
    }
  }

  WrittenOrder(List<PdfLine> pieces) {
    pieces.forEach(piece -> places.put(Corner.of(piece), places.size()));
  }

  /**
   * What the order tells of a table.
   *
   * @param goingOn for each line whether all its pieces go on with cells of the line above it
   * @param certain whether so many cells were written by themselves that figures may go on too
   */
  record Told(BitSet goingOn, boolean certain) {}

  Told of(List<List<PdfLine>> rows, TableColumns columns) {
    List<PdfLine> written = new ArrayList<>();
    rows.forEach(
        row -> row.stream().filter(p -> places.containsKey(Corner.of(p))).forEach(written::add));
    written.sort(Comparator.comparingInt(this::place));
    Map<Corner, Boolean> next = new HashMap<>();
    int cells = 0;
    int back = 0;
    for (int i = 0; i < written.size(); i++) {
      boolean goesOn = i > 0 && isNextLine(written.get(i - 1), written.get(i), columns);
      next.put(Corner.of(written.get(i)), goesOn);
      cells += goesOn ? 0 : 1;
      back += i > 0 && written.get(i).y() < written.get(i - 1).y() - 1 ? 1 : 0;
    }
    BitSet goingOn = new BitSet();
    boolean cellByCell = back > 0 && cells > columns.size();
    for (int r = 1; r < rows.size() && cellByCell; r++) {
      goingOn.set(r, rows.get(r).stream().allMatch(p -> next.getOrDefault(Corner.of(p), true)));
    }
    return new Told(goingOn, cells >= ROWS_OF_CELLS * columns.size());
  }

  private int place(PdfLine piece) {
    return places.getOrDefault(Corner.of(piece), -1);
  }

  private boolean isNextLine(PdfLine above, PdfLine piece, TableColumns columns) {
    float distance = piece.y() - above.y();
    return place(piece) == place(above) + 1
        && distance > 0
        && distance < above.fontSize() * NEXT_LINE
        && above.bold() == piece.bold()
        && columns.first(above) == columns.first(piece);
  }
}
