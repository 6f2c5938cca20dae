package dev.zhiku.ingest.extract.reviewed;

import java.util.HashMap;
import java.util.Map;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A table of a Word document whose merged cells get the value they belong to. */
final class WordTable {
  private static final int REPEATED_CHARACTERS = 500;
  private static final int MAX_COLUMNS = 1_000;

  private final Element table;
  private final Map<Integer, String> above = new HashMap<>();

  WordTable(Element table) {
    this.table = table;
  }

  void fill() {
    for (Node row = table.getFirstChild(); row != null; row = row.getNextSibling()) {
      if (row instanceof Element element && "tr".equals(element.getLocalName())) {
        fillRow(element);
      }
    }
  }

  private void fillRow(Element row) {
    int column = 0;
    for (Node node = row.getFirstChild(); node != null; ) {
      Node next = node.getNextSibling();
      if (node instanceof Element cell && "tc".equals(cell.getLocalName())) {
        int width = width(cell);
        fillDown(cell, column);
        if (next != null || column > 0) {
          fillRight(cell, width, column > 0);
        }
        column += width;
      }
      node = next;
    }
  }

  /** Of cells merged downwards, the first holds the value. */
  private void fillDown(Element cell, int column) {
    Element properties = WordXml.child(cell, "tcPr");
    Element merge = properties == null ? null : WordXml.child(properties, "vMerge");
    if (merge == null) {
      above.remove(column);
    } else if (WordXml.attribute(merge, "val", "continue").equals("restart")) {
      above.put(column, cell.getTextContent());
    } else if (cell.getTextContent().isBlank()) {
      write(cell, above.getOrDefault(column, ""));
    }
  }

  private static void fillRight(Element cell, int width, boolean repeated) {
    Node parent = cell.getParentNode();
    if (parent == null) {
      return;
    }
    for (int i = 1; i < width; i++) {
      Element more = cell.getOwnerDocument().createElementNS(cell.getNamespaceURI(), "w:tc");
      write(more, repeated ? cell.getTextContent() : "");
      parent.insertBefore(more, cell.getNextSibling());
    }
  }

  private static void write(Element cell, String text) {
    Document document = cell.getOwnerDocument();
    Element paragraph = document.createElementNS(cell.getNamespaceURI(), "w:p");
    if (!text.isBlank() && text.length() <= REPEATED_CHARACTERS) {
      Element run = document.createElementNS(cell.getNamespaceURI(), "w:r");
      run.appendChild(WordXml.words(document, text));
      paragraph.appendChild(run);
    }
    cell.appendChild(paragraph);
  }

  private static int width(Element cell) {
    Element properties = WordXml.child(cell, "tcPr");
    Element span = properties == null ? null : WordXml.child(properties, "gridSpan");
    String written = span == null ? "1" : WordXml.attribute(span, "val", "1");
    return written.matches("\\d{1,3}") ? Math.clamp(Integer.parseInt(written), 1, MAX_COLUMNS) : 1;
  }
}
