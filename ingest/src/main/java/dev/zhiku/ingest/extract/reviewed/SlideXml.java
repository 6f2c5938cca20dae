package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.Raised;
import dev.zhiku.ingest.extract.SpanMark;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A slide rewritten so that a plain reader sees all of it: numbers of lines as text, raised digits
 * as such, struck-out words marked, cells of tables with what they cover.
 */
final class SlideXml {
  private static final String DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main";
  private static final int MOST_SPANNED = 1_000;
  private static final Set<String> CONTINUATIONS = Set.of("hMerge", "vMerge");

  private final Document slide;
  private int struck;
  private int hidden;

  SlideXml(Document slide) {
    this.slide = slide;
  }

  int struck() {
    return struck;
  }

  /** How many hidden shapes with words in them were left out. */
  int hidden() {
    return hidden;
  }

  void rewrite() {
    for (Element named : WordXml.all(slide, "cNvPr")) {
      if (isOn(WordXml.attribute(named, "hidden", ""))
          && named.getParentNode() instanceof Element properties
          && properties.getParentNode() instanceof Element shape) {
        hidden += shape.getTextContent().isBlank() ? 0 : 1;
        WordXml.remove(shape);
      }
    }
    WordXml.all(slide, "cNvPr").forEach(SlideXml::linkWords);
    for (Element body : WordXml.all(slide, "txBody")) {
      new Lines().number(WordXml.children(body, "p"));
    }
    for (Element paragraph : WordXml.all(slide, "p")) {
      List<Element> runs = WordXml.children(paragraph, "r");
      runs.forEach(SlideXml::raise);
      struck += StruckRuns.mark(runs, SlideXml::isStruck);
    }
    WordXml.all(slide, "tbl").forEach(SlideXml::markTable);
  }

  /** The link of a shape is that of its words. */
  private static void linkWords(Element named) {
    Element link = WordXml.child(named, "hlinkClick");
    boolean inShape =
        named.getParentNode() instanceof Element properties
            && properties.getParentNode() instanceof Element;
    if (link == null || !inShape) {
      return;
    }
    Element body = WordXml.child((Element) named.getParentNode().getParentNode(), "txBody");
    List<Element> runs = body == null ? List.of() : WordXml.all(body, "r");
    for (Element run : runs) {
      Element properties = WordXml.child(run, "rPr");
      if (properties == null) {
        properties = run.getOwnerDocument().createElementNS(DRAWING, "a:rPr");
        run.insertBefore(properties, run.getFirstChild());
      }
      if (WordXml.child(properties, "hlinkClick") == null) {
        properties.appendChild(link.cloneNode(true));
      }
    }
  }

  private static boolean isStruck(Element run) {
    Element properties = WordXml.child(run, "rPr");
    return properties != null
        && Set.of("sngStrike", "dblStrike").contains(WordXml.attribute(properties, "strike", ""));
  }

  private static void raise(Element run) {
    Element properties = WordXml.child(run, "rPr");
    String baseline = properties == null ? "" : WordXml.attribute(properties, "baseline", "");
    if (baseline.matches("[1-9]\\d*%?")) {
      WordXml.children(run, "t")
          .forEach(words -> words.setTextContent(Raised.number(words.getTextContent())));
    }
  }

  private static void markTable(Element table) {
    Element properties = WordXml.child(table, "tblPr");
    List<Element> rows = WordXml.children(table, "tr");
    boolean named =
        properties != null
            && rows.size() > 1
            && isOn(WordXml.attribute(properties, "firstRow", ""));
    for (int r = 0; r < rows.size(); r++) {
      for (Element cell : WordXml.children(rows.get(r), "tc")) {
        boolean covered =
            CONTINUATIONS.stream().anyMatch(name -> isOn(WordXml.attribute(cell, name, "")));
        if (covered) {
          WordXml.remove(cell);
        } else {
          mark(cell, named && r == 0);
        }
      }
    }
  }

  private static void mark(Element cell, boolean header) {
    String mark = SpanMark.of(span(cell, "rowSpan"), span(cell, "gridSpan"), header);
    Element body = WordXml.child(cell, "txBody");
    Element paragraph = body == null ? null : WordXml.child(body, "p");
    if (!mark.isEmpty() && paragraph != null) {
      insert(paragraph, mark);
    }
  }

  private static void insert(Element paragraph, String text) {
    Document document = paragraph.getOwnerDocument();
    Element run = document.createElementNS(DRAWING, "a:r");
    Element words = document.createElementNS(DRAWING, "a:t");
    words.setTextContent(text);
    run.appendChild(words);
    Element properties = WordXml.child(paragraph, "pPr");
    paragraph.insertBefore(
        run, properties == null ? paragraph.getFirstChild() : properties.getNextSibling());
  }

  private static int span(Element cell, String name) {
    String written = WordXml.attribute(cell, name, "1");
    return written.matches("\\d{1,4}") ? Math.clamp(Integer.parseInt(written), 1, MOST_SPANNED) : 1;
  }

  private static boolean isOn(String value) {
    return value.equals("1") || value.equals("true");
  }

  /** Counts the numbered lines of one text. */
  private static final class Lines {
    private static final int LEVELS = 9;

    private final int[] counts = new int[LEVELS];
    private final String[] kinds = new String[LEVELS];

    void number(List<Element> paragraphs) {
      for (Element paragraph : paragraphs) {
        Element properties = WordXml.child(paragraph, "pPr");
        Element numbered = properties == null ? null : WordXml.child(properties, "buAutoNum");
        int level = properties == null ? 0 : level(properties);
        if (numbered == null) {
          if (!paragraph.getTextContent().isBlank()) {
            kinds[level] = "";
          }
        } else {
          insert(paragraph, next(numbered, level) + " ");
        }
      }
    }

    private String next(Element numbered, int level) {
      String type = WordXml.attribute(numbered, "type", "arabicPeriod");
      String start = WordXml.attribute(numbered, "startAt", "1");
      String kind = type + start;
      @Nullable String before = kinds[level];
      int first = start.matches("\\d{1,5}") ? Integer.parseInt(start) : 1;
      counts[level] = kind.equals(before) ? counts[level] + 1 : first;
      kinds[level] = kind;
      for (int deeper = level + 1; deeper < LEVELS; deeper++) {
        kinds[deeper] = "";
      }
      return LineNumber.of(counts[level], type);
    }

    private static int level(Element properties) {
      String written = WordXml.attribute(properties, "lvl", "0");
      return written.matches("[0-8]") ? Integer.parseInt(written) : 0;
    }
  }
}
