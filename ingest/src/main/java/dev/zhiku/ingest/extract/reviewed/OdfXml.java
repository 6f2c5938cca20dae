package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockMark;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.Raised;
import dev.zhiku.ingest.extract.StruckText;
import dev.zhiku.ingest.outcome.IngestText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;

/**
 * The text of an OpenDocument file rewritten so that a plain reader sees what people see: lists
 * with their numbers, notes at their place, raised digits as such, struck-out words marked, and
 * nothing that is hidden.
 */
final class OdfXml {
  private static final String NONE = "none";

  private final Document content;
  private final OdfStyles styles;
  private final OdfSlides slides;
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private final List<Text> struckWords = new ArrayList<>();
  private int struck;

  /**
   * @param content the part with the text, which is changed
   */
  OdfXml(Document content, OdfStyles styles) {
    this.content = content;
    this.styles = styles;
    this.slides = new OdfSlides(content);
  }

  void rewrite() {
    all("table").forEach(this::rewriteTable);
    all("page").forEach(this::rewriteSlide);
    all("section").forEach(this::rewriteSection);
    for (String name : List.of("p", "h")) {
      all(name).forEach(this::rewriteParagraph);
    }
    all("note").forEach(this::placeNote);
    new OdfLists(content, styles).number();
  }

  /** Says what was left out and what is marked. */
  void note(BlockSink sink) {
    count("parts.hidden", slides.hiddenShapes());
    leftOut.forEach((key, count) -> sink.note(IngestText.of(key, count)));
    StruckText.note(struck, sink);
  }

  private void count(String key, int more) {
    if (more > 0) {
      leftOut.merge(key, more, Integer::sum);
    }
  }

  private void rewriteTable(Element table) {
    if (isFalse(styles.property("table", table, "table-properties", "display"))) {
      count("sheets.hidden", 1);
      WordXml.remove(table);
      return;
    }
    nameSheet(table);
    OdfColumns columns = new OdfColumns(table);
    count("columns.hidden", columns.removeHidden());
    columns.writeOut();
    count("rows.hidden", new OdfRows(content, table).rewrite(isSheet(table)));
  }

  /** The reader of the copy is told the name of a sheet by a heading before it. */
  private void nameSheet(Element table) {
    String name = WordXml.attribute(table, "name", "");
    Node parent = table.getParentNode();
    if (parent != null && isSheet(table) && !name.isBlank()) {
      Element heading =
          content.createElementNS("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text:h");
      heading.setTextContent(BlockMark.SHEET + name);
      parent.insertBefore(heading, table);
    }
  }

  private static boolean isSheet(Element table) {
    Node parent = table.getParentNode();
    return parent != null && "spreadsheet".equals(parent.getLocalName());
  }

  /** Whether a row or column is hidden, or put aside by a filter. */
  static boolean isCollapsed(Element part) {
    String visibility = WordXml.attribute(part, "visibility", "");
    return visibility.equals("collapse") || visibility.equals("filter");
  }

  private void rewriteSlide(Element slide) {
    String visibility =
        styles.property("drawing-page", slide, "drawing-page-properties", "visibility");
    boolean hidden = visibility.equals("hidden");
    slides.rewrite(slide, hidden);
    count("slides.hidden", hidden ? 1 : 0);
  }

  /** Adds the words that stand on each slide. */
  void addMargins(Document common, BlockSink sink) {
    slides.margins(common).forEach(text -> sink.paragraph(text, Place.WHOLE));
  }

  private void rewriteSection(Element section) {
    boolean hidden =
        WordXml.attribute(section, "display", "").equals(NONE)
            || WordXml.attribute(section, "is-hidden", "").equals("true");
    if (hidden) {
      count("parts.hidden", section.getTextContent().isBlank() ? 0 : 1);
      WordXml.remove(section);
    }
  }

  private void rewriteParagraph(Element paragraph) {
    boolean hidden = isHidden("paragraph", paragraph);
    for (Element field : WordXml.children(paragraph, "hidden-paragraph")) {
      hidden |= WordXml.attribute(field, "is-hidden", "").equals("true");
    }
    if (hidden) {
      count("parts.hidden", paragraph.getTextContent().isBlank() ? 0 : 1);
      WordXml.remove(paragraph);
      return;
    }
    rewriteWords(paragraph, new Letters(false, isStruck("paragraph", paragraph)));
    markStruck();
  }

  private record Letters(boolean raised, boolean struck) {}

  private void rewriteWords(Element around, Letters letters) {
    for (Node child = around.getFirstChild(); child != null; ) {
      Node next = child.getNextSibling();
      if (child instanceof Text words && !words.getData().isEmpty()) {
        rewrite(words, letters);
      } else if (child instanceof Element element) {
        rewritePart(element, letters);
      }
      child = next;
    }
  }

  private void rewritePart(Element part, Letters letters) {
    switch (part.getLocalName()) {
      case "span" -> {
        if (isHidden("text", part)) {
          count("parts.hidden", part.getTextContent().isBlank() ? 0 : 1);
          WordXml.remove(part);
        } else {
          boolean raised = letters.raised() || isRaised(part);
          rewriteWords(part, new Letters(raised, letters.struck() || isStruck("text", part)));
        }
      }
      case "hidden-text" -> {
        if (WordXml.attribute(part, "is-hidden", "").equals("true")) {
          count("parts.hidden", part.getTextContent().isBlank() ? 0 : 1);
          WordXml.remove(part);
        }
      }
      case "note", "frame", "annotation" -> {}
      default -> rewriteWords(part, letters);
    }
  }

  private void rewrite(Text words, Letters letters) {
    if (letters.raised()) {
      words.setData(Raised.number(words.getData()));
    }
    if (letters.struck()) {
      struckWords.add(words);
    } else if (!words.getData().isBlank()) {
      markStruck();
    }
  }

  /** Marks the struck-out words that follow each other, from the first to the last. */
  private void markStruck() {
    StringBuilder text = new StringBuilder();
    struckWords.forEach(words -> text.append(words.getData()));
    if (!text.toString().isBlank()) {
      struck++;
      Text first = struckWords.getFirst();
      Text last = struckWords.getLast();
      first.setData(StruckText.before(text.toString()) + first.getData());
      last.setData(last.getData() + StruckText.after(text.toString()));
    }
    struckWords.clear();
  }

  /** A footnote or endnote in brackets where it is referred to. */
  private void placeNote(Element note) {
    Element body = WordXml.child(note, "note-body");
    StringBuilder text = new StringBuilder();
    if (body != null) {
      WordXml.all(body, "p").forEach(p -> CleanText.join(text, p.getTextContent().strip()));
    }
    Node parent = note.getParentNode();
    if (parent != null) {
      String shown = WordNotes.inBrackets(text.toString());
      parent.replaceChild(content.createTextNode(shown), note);
    }
  }

  private boolean isHidden(String family, Element styled) {
    return letters(family, styled, "display").equals(NONE);
  }

  private boolean isStruck(String family, Element styled) {
    String line = letters(family, styled, "text-line-through-style");
    String type = letters(family, styled, "text-line-through-type");
    return !(line.isEmpty() ? type : line).isEmpty() && !line.equals(NONE) && !type.equals(NONE);
  }

  private boolean isRaised(Element span) {
    return letters("text", span, "text-position").matches("(?:super|[1-9][\\d.]*%).*");
  }

  private String letters(String family, Element styled, String name) {
    return styles.property(family, styled, "text-properties", name);
  }

  private static boolean isFalse(String value) {
    return value.equals("false");
  }

  private List<Element> all(String name) {
    return WordXml.all(content, name);
  }
}
