package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.RowMark;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The rows of an OpenDocument table. Hidden ones are taken out; in a sheet those that are stored
 * once for several equal ones are written out, and each with something in it tells its number.
 */
final class OdfRows {
  private static final int MAX_ROWS = 1_048_576;
  private static final int MAX_EQUAL_ROWS = 1_000;
  private static final String TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

  private final Document content;
  private final Element table;
  private int number = 1;
  private int skipped;
  private int hidden;

  OdfRows(Document content, Element table) {
    this.content = content;
    this.table = table;
  }

  /**
   * @param sheet whether rows have numbers that people see
   * @return how many rows with something in them are hidden
   */
  int rewrite(boolean sheet) {
    for (Element row : WordXml.all(table, "table-row")) {
      boolean blank = row.getTextContent().isBlank();
      int repeated = repeated(row);
      if (OdfXml.isCollapsed(row)) {
        hidden += blank ? 0 : repeated;
        skipped += repeated;
        WordXml.remove(row);
      } else if (sheet && !blank) {
        writeOut(row, Math.min(repeated, MAX_EQUAL_ROWS));
      }
      number += repeated;
    }
    return hidden;
  }

  private int repeated(Element row) {
    String written = WordXml.attribute(row, "number-rows-repeated", "1");
    int rows = written.matches("\\d{1,7}") ? Integer.parseInt(written) : 1;
    return Math.clamp(rows, 1, Math.max(1, MAX_ROWS - number));
  }

  private void writeOut(Element row, int times) {
    Node parent = row.getParentNode();
    for (int i = 0; i < times && parent != null; i++) {
      Node last = i == times - 1 ? row : parent.insertBefore(row.cloneNode(true), row);
      mark((Element) last, new RowMark(number + i, skipped));
      skipped = 0;
    }
  }

  private void mark(Element row, RowMark mark) {
    Element cell = WordXml.child(row, "table-cell");
    if (cell == null) {
      return;
    }
    Element paragraph = WordXml.child(cell, "p");
    if (paragraph == null) {
      paragraph = content.createElementNS(TEXT, "text:p");
      cell.appendChild(paragraph);
    }
    paragraph.insertBefore(content.createTextNode(mark.written()), paragraph.getFirstChild());
  }
}
