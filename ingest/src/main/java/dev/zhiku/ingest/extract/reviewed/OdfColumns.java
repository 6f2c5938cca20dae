package dev.zhiku.ingest.extract.reviewed;

import java.util.BitSet;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The columns of an OpenDocument table of which some are hidden. */
final class OdfColumns {
  private static final int MAX_COLUMNS = 16_384;
  private static final int MOST_EQUAL_CELLS = 10_000;
  private static final Set<String> CELLS = Set.of("table-cell", "covered-table-cell");

  private final Element table;
  private final BitSet hidden = new BitSet();
  private final BitSet filled = new BitSet();

  OdfColumns(Element table) {
    this.table = table;
    int at = 0;
    for (Element column : WordXml.all(table, "table-column")) {
      int repeated = Math.min(number(column, "number-columns-repeated"), MAX_COLUMNS - at);
      if (OdfXml.isCollapsed(column)) {
        hidden.set(at, at + repeated);
      }
      at += repeated;
    }
  }

  /**
   * Takes the cells of hidden columns out of the table.
   *
   * @return how many columns with something in them that were
   */
  int removeHidden() {
    if (!hidden.isEmpty()) {
      WordXml.all(table, "table-row").forEach(this::removeHidden);
    }
    return filled.cardinality();
  }

  /** Makes cells of their own of a value that is stored once for several cells side by side. */
  void writeOut() {
    int room = MOST_EQUAL_CELLS;
    for (Element cell : WordXml.all(table, "table-cell")) {
      int more = number(cell, "number-columns-repeated") - 1;
      Node row = cell.getParentNode();
      if (more > 0 && more <= room && row != null && !cell.getTextContent().isBlank()) {
        room -= more;
        cell.removeAttributeNS(cell.getNamespaceURI(), "number-columns-repeated");
        for (int i = 0; i < more; i++) {
          row.insertBefore(cell.cloneNode(true), cell);
        }
      }
    }
  }

  private void removeHidden(Element row) {
    int at = 0;
    for (Node child = row.getFirstChild(); child != null; ) {
      Node next = child.getNextSibling();
      if (child instanceof Element cell && CELLS.contains(cell.getLocalName())) {
        int repeated = Math.min(number(cell, "number-columns-repeated"), MAX_COLUMNS - at);
        narrow(cell, at, repeated);
        at += repeated;
      }
      child = next;
    }
  }

  private void narrow(Element cell, int at, int repeated) {
    int gone = hidden.get(at, at + repeated).cardinality();
    if (gone == 0) {
      return;
    }
    if (!cell.getTextContent().isBlank()) {
      BitSet left = hidden.get(at, at + repeated);
      left.stream().forEach(i -> filled.set(at + i));
    }
    if (gone == repeated) {
      WordXml.remove(cell);
    } else {
      var repeats = cell.getAttributeNodeNS(cell.getNamespaceURI(), "number-columns-repeated");
      if (repeats != null) {
        repeats.setValue("" + (repeated - gone));
      }
    }
  }

  private static int number(Element part, String name) {
    String written = WordXml.attribute(part, name, "1");
    return written.matches("\\d{1,5}") ? Math.max(1, Integer.parseInt(written)) : 1;
  }
}
