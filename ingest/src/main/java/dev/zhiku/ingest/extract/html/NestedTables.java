package dev.zhiku.ingest.extract.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/**
 * Tables inside cells of others. A table of one cell a row is but a frame: what it holds is read as
 * if it stood alone. Of one in a cell among others each row is a line with its column names.
 */
final class NestedTables {
  private static final String PARTS = "thead, tbody, tfoot, tr, td, th, caption";

  private NestedTables() {}

  /** Writes tables inside others such that no table holds one any more. */
  static void write(Document page) {
    for (Element table : page.select("table:has(table)")) {
      if (isFrame(table)) {
        own(table, PARTS).forEach(part -> part.tagName("div"));
        table.tagName("div");
      }
    }
    List<Element> inner = new ArrayList<>(page.select("table table"));
    for (Element table : inner.reversed()) {
      table.replaceWith(new Element("div").text(inWords(table)));
    }
  }

  /** Whether each row has one cell that holds anything. */
  private static boolean isFrame(Element table) {
    return own(table, "caption, th").isEmpty()
        && own(table, "tr").stream().allMatch(row -> filled(row) <= 1);
  }

  private static long filled(Element row) {
    return cells(row).stream()
        .filter(cell -> cell.hasText() || cell.selectFirst("img") != null)
        .count();
  }

  /** The parts of a table that are not of one inside it. */
  private static Elements own(Element table, String parts) {
    return table.select(parts).stream()
        .filter(part -> table.equals(part.closest("table")))
        .collect(Collectors.toCollection(Elements::new));
  }

  private static List<Element> cells(Element row) {
    return row.children().stream().filter(e -> e.is("td, th")).toList();
  }

  private static String inWords(Element table) {
    List<String> names = List.of();
    List<String> lines = new ArrayList<>();
    for (Element row : own(table, "tr")) {
      List<Element> cells = cells(row);
      boolean header =
          names.isEmpty() && cells.size() > 1 && cells.stream().allMatch(c -> c.is("th"));
      if (header) {
        names = cells.stream().map(Element::text).toList();
      } else {
        lines.add(line(names, cells));
      }
    }
    boolean onlyHeader = lines.stream().allMatch(String::isEmpty);
    return onlyHeader
        ? String.join(" ", names)
        : lines.stream().filter(line -> !line.isEmpty()).collect(Collectors.joining("; "));
  }

  private static String line(List<String> names, List<Element> cells) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String value = cells.get(i).text();
      if (!value.isEmpty()) {
        boolean named = i < names.size() && !names.get(i).isEmpty();
        words.add(named ? names.get(i) + ": " + value : value);
      }
    }
    return String.join(names.isEmpty() ? " " : ", ", words);
  }
}
