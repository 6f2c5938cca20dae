package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.SpanMark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** A table of a Word document whose cells get a mark that says what they cover. */
final class WordTable {
  private static final int MAX_COLUMNS = 1_000;

  private final List<List<Cell>> rows = new ArrayList<>();

  private record Cell(Element element, int column, int width) {}

  WordTable(Element table) {
    for (Element row : WordXml.children(table, "tr")) {
      List<Cell> cells = new ArrayList<>();
      int column = skipped(row);
      for (Element cell : WordXml.children(row, "tc")) {
        int width = width(cell);
        cells.add(new Cell(cell, column, width));
        column += width;
      }
      rows.add(cells);
    }
  }

  void mark() {
    for (int r = 0; r < rows.size(); r++) {
      for (Cell cell : rows.get(r)) {
        if (goesOn(cell) && isCovered(r, cell)) {
          continue;
        }
        mark(cell, height(r, cell), r);
      }
      addSkipped(r);
    }
    for (int r = rows.size() - 1; r > 0; r--) {
      for (Cell cell : rows.get(r)) {
        if (goesOn(cell) && isCovered(r, cell)) {
          WordXml.remove(cell.element());
        }
      }
    }
  }

  private void mark(Cell cell, int height, int row) {
    boolean header = isHeader(cell.element());
    String mark = SpanMark.of(height, cell.width(), header && row + height <= rows.size());
    if (!mark.isEmpty()) {
      WordXml.prepend(cell.element(), mark);
    }
  }

  /** A row that begins further right has an empty cell before. */
  private void addSkipped(int r) {
    List<Cell> row = rows.get(r);
    if (!row.isEmpty() && row.getFirst().column() > 0) {
      Element first = row.getFirst().element();
      Element empty = first.getOwnerDocument().createElementNS(first.getNamespaceURI(), "w:tc");
      first.getParentNode().insertBefore(empty, first);
      WordXml.prepend(empty, SpanMark.of(1, row.getFirst().column(), false));
    }
  }

  private int height(int r, Cell cell) {
    int height = 1;
    if (merge(cell).equals("restart")) {
      while (r + height < rows.size() && continues(r + height, cell)) {
        height++;
      }
    }
    return height;
  }

  private boolean continues(int r, Cell above) {
    return rows.get(r).stream().anyMatch(c -> c.column() == above.column() && goesOn(c));
  }

  /** Whether the cell that this one goes on is there. */
  private boolean isCovered(int r, Cell cell) {
    for (int above = r - 1; above >= 0; above--) {
      for (Cell other : rows.get(above)) {
        if (other.column() == cell.column() && merge(other).equals("restart")) {
          return true;
        }
      }
      if (!continues(above, cell)) {
        return false;
      }
    }
    return false;
  }

  /** Of cells merged downwards, the first holds the value; one with words of its own is itself. */
  private static boolean goesOn(Cell cell) {
    return merge(cell).equals("continue") && cell.element().getTextContent().isBlank();
  }

  private static String merge(Cell cell) {
    Element properties = WordXml.child(cell.element(), "tcPr");
    Element merge = properties == null ? null : WordXml.child(properties, "vMerge");
    return merge == null ? "" : WordXml.attribute(merge, "val", "continue");
  }

  private static boolean isHeader(Element cell) {
    if (!(cell.getParentNode() instanceof Element row)) {
      return false;
    }
    Element properties = WordXml.child(row, "trPr");
    return properties != null && WordXml.isOn(WordXml.child(properties, "tblHeader"));
  }

  private static int skipped(Element row) {
    Element properties = WordXml.child(row, "trPr");
    return properties == null ? 0 : value(WordXml.child(properties, "gridBefore"), 0);
  }

  private static int width(Element cell) {
    Element properties = WordXml.child(cell, "tcPr");
    return properties == null ? 1 : value(WordXml.child(properties, "gridSpan"), 1);
  }

  private static int value(@Nullable Element property, int least) {
    String written = property == null ? "" : WordXml.attribute(property, "val", "");
    return written.matches("\\d{1,3}")
        ? Math.clamp(Integer.parseInt(written), least, MAX_COLUMNS)
        : least;
  }
}
