package dev.zhiku.ingest.extract.tika;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Hands over XHTML of which paragraphs are rows, marked by {@link RtfMarks}, with tables in their
 * place. Rows are held back up to the end of their table, or 500, for cells to get their columns.
 */
final class RtfRows extends DefaultHandler {
  private static final int MOST_ROWS = 500;
  private static final int SAME_EDGE = 40;

  private final XhtmlBlocks blocks;
  private final StringBuilder words = new StringBuilder();
  private final List<List<Cell>> rows = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean inParagraph;

  /**
   * A cell.
   *
   * @param edge where it ends, in twips; growing in a row
   * @param above whether it goes on with the cell above it
   */
  private record Cell(String text, int edge, boolean above) {}

  RtfRows(XhtmlBlocks blocks) {
    this.blocks = blocks;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    if (name.equals("p") && !inParagraph) {
      inParagraph = true;
      words.setLength(0);
    } else if (!inParagraph) {
      endTable();
    }
    Attributes copy = new AttributesImpl(attributes);
    pass(() -> blocks.startElement(uri, name, qName, copy));
  }

  @Override
  public void endElement(String uri, String name, String qName) {
    pass(() -> blocks.endElement(uri, name, qName));
    if (name.equals("p") && inParagraph) {
      inParagraph = false;
      endParagraph();
    } else if (!inParagraph) {
      endTable();
    }
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    String text = new String(characters, start, length);
    words.append(inParagraph ? text : "");
    pass(() -> blocks.characters(text.toCharArray(), 0, text.length()));
  }

  @Override
  public void ignorableWhitespace(char[] characters, int start, int length) {
    words.append(inParagraph ? " " : "");
    pass(() -> blocks.ignorableWhitespace(characters, start, length));
  }

  @Override
  public void endDocument() throws SAXException {
    endTable();
  }

  private void pass(Runnable event) {
    if (inParagraph) {
      held.add(event);
    } else {
      event.run();
    }
  }

  private void endParagraph() {
    List<Runnable> events = List.copyOf(held);
    held.clear();
    int row = words.indexOf("" + RtfMarks.ROW);
    int end = words.indexOf("" + RtfMarks.END);
    if (row >= 0 && end > row) {
      rows.add(row(words.substring(0, row), words.substring(row + 1, end)));
      if (rows.size() == MOST_ROWS) {
        endTable();
      }
    } else if (words.indexOf("" + RtfMarks.CELL) >= 0) {
      endTable();
      for (String cell : words.toString().split("" + RtfMarks.CELL, -1)) {
        text(cell, "p", 1, 1);
      }
    } else {
      if (!words.toString().isBlank()) {
        endTable();
      }
      events.forEach(Runnable::run);
    }
  }

  private List<Cell> row(String text, String edges) {
    String[] texts = text.split("" + RtfMarks.CELL, -1);
    String[] defined = edges.strip().split(",", -1);
    List<Cell> row = new ArrayList<>();
    int edge = 0;
    for (int i = 0; i < texts.length - 1; i++) {
      String definition = i < defined.length ? defined[i] : "";
      String number = definition.replaceAll("[^\\d-]", "");
      int right = number.matches("-?\\d{1,7}") ? Integer.parseInt(number) : edge + SAME_EDGE * 2;
      edge = Math.max(right, edge + 1);
      String words = texts[i].strip();
      if (definition.indexOf(RtfMarks.MERGED_LEFT) >= 0 && !row.isEmpty()) {
        Cell left = row.removeLast();
        row.add(new Cell((left.text() + " " + words).strip(), edge, left.above()));
      } else {
        boolean above = definition.indexOf(RtfMarks.MERGED_ABOVE) >= 0 && words.isEmpty();
        row.add(new Cell(words, edge, above));
      }
    }
    return row;
  }

  private void endTable() {
    if (rows.isEmpty()) {
      return;
    }
    List<List<Cell>> table = List.copyOf(rows);
    rows.clear();
    TreeSet<Integer> edges = new TreeSet<>();
    table.forEach(row -> row.forEach(cell -> edges.add(cell.edge())));
    List<Integer> columns = new ArrayList<>();
    for (int edge : edges) {
      if (columns.isEmpty() || edge - columns.getLast() > SAME_EDGE) {
        columns.add(edge);
      }
    }
    blocks.startElement("", "table", "table", new AttributesImpl());
    for (int r = 0; r < table.size(); r++) {
      blocks.startElement("", "tr", "tr", new AttributesImpl());
      int at = 0;
      for (Cell cell : table.get(r)) {
        int next = columnBehind(columns, cell.edge());
        if (!cell.above()) {
          text(cell.text(), "td", next - at, 1 + goingOnBelow(table, r, cell.edge()));
        }
        at = Math.max(at, next);
      }
      blocks.endElement("", "tr", "tr");
    }
    blocks.endElement("", "table", "table");
  }

  private static int columnBehind(List<Integer> columns, int edge) {
    int column = 0;
    while (column < columns.size() && columns.get(column) <= edge) {
      column++;
    }
    return column;
  }

  private static int goingOnBelow(List<List<Cell>> table, int row, int edge) {
    int below = 0;
    while (row + below + 1 < table.size()
        && table.get(row + below + 1).stream()
            .anyMatch(c -> c.above() && Math.abs(c.edge() - edge) <= SAME_EDGE)) {
      below++;
    }
    return below;
  }

  private void text(String text, String element, int columns, int rowsCovered) {
    AttributesImpl spans = new AttributesImpl();
    spans.addAttribute("", "colspan", "colspan", "CDATA", "" + Math.max(1, columns));
    spans.addAttribute("", "rowspan", "rowspan", "CDATA", "" + rowsCovered);
    blocks.startElement("", element, element, spans);
    blocks.characters(text.toCharArray(), 0, text.length());
    blocks.endElement("", element, element);
  }
}
