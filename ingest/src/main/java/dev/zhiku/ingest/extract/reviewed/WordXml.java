package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.Raised;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.poi.util.XMLHelper;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A part of a Word document rewritten so that a plain reader sees all of it: rows and paragraphs
 * out of their controls and boxes, formulas, symbols, fields and numbers as text, notes at their
 * place, raised digits as such, cells with what they cover, struck-out words marked, hidden words
 * left out.
 */
final class WordXml {
  private static final int MOST_BYTES = 16 << 20;
  private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  private static final Set<String> WRAPPERS = Set.of("customXml", "smartTag");

  private final Document document;
  private final Numbering numbering;
  private final WordNotes notes;
  private final WordStyles styles;
  private int hidden;
  private int struck;
  private int deletedRows;

  /**
   * @param document the part, which is changed
   */
  WordXml(Document document, Numbering numbering, WordNotes notes, WordStyles styles) {
    this.styles = styles;
    this.document = document;
    this.numbering = numbering;
    this.notes = notes;
  }

  /** How many hidden runs of words were left out. */
  int hidden() {
    return hidden;
  }

  /** How many struck-out parts were marked. */
  int struck() {
    return struck;
  }

  /** How many rows of tables, deleted under tracked changes, were left out. */
  int deletedRows() {
    return deletedRows;
  }

  /** Whether a part is small enough to be rewritten. */
  static boolean fits(byte[] xml) {
    return xml.length <= MOST_BYTES;
  }

  static Document parsed(byte[] xml) throws IOException, XMLStreamException {
    try {
      return XMLHelper.newDocumentBuilder().parse(new InputSource(new ByteArrayInputStream(xml)));
    } catch (SAXException e) {
      throw new XMLStreamException(e);
    }
  }

  static byte[] written(Document document) throws XMLStreamException {
    try {
      Transformer writer = XMLHelper.newTransformer();
      writer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      writer.transform(new DOMSource(document), new StreamResult(out));
      return out.toByteArray();
    } catch (TransformerException e) {
      throw new XMLStreamException(e);
    }
  }

  void rewrite() {
    new TextBoxes(document).unfold();
    all("tr").stream().filter(WordXml::isDeleted).forEach(this::removeRow);
    for (Element run : all("r")) {
      rewriteRun(run);
    }
    for (Element paragraph : all("oMathPara")) {
      unwrap(paragraph, paragraph);
    }
    for (Element formula : all("oMath")) {
      replace(formula, run(LinearFormula.of(formula)));
    }
    for (Element control : all("sdt")) {
      Element content = child(control, "sdtContent");
      unwrap(control, content == null ? control : content);
    }
    for (String name : WRAPPERS) {
      all(name).forEach(wrapper -> unwrap(wrapper, wrapper));
    }
    for (Element paragraph : all("p")) {
      struck += StruckRuns.mark(all(paragraph, "r"), this::isStruck);
      number(paragraph);
    }
    for (Element table : all("tbl")) {
      if (!isNested(table)) {
        new WordTable(table).mark();
      }
    }
  }

  private void number(Element paragraph) {
    String before = numbering.before(paragraph);
    Element properties = child(paragraph, "pPr");
    Element numbered = properties == null ? null : child(properties, "numPr");
    if (numbered != null) {
      remove(numbered);
    }
    if (!before.isEmpty()) {
      paragraph.insertBefore(
          run(before),
          properties == null ? paragraph.getFirstChild() : properties.getNextSibling());
    }
  }

  private static boolean isDeleted(Element row) {
    Element properties = child(row, "trPr");
    return properties != null && child(properties, "del") != null;
  }

  private void removeRow(Element row) {
    deletedRows += row.getTextContent().isBlank() ? 0 : 1;
    remove(row);
  }

  private boolean isStruck(Element run) {
    return styles.isOn(run, "strike") || styles.isOn(run, "dstrike");
  }

  private static boolean isNested(Element table) {
    for (Node up = table.getParentNode(); up != null; up = up.getParentNode()) {
      if ("tbl".equals(up.getLocalName())) {
        return true;
      }
    }
    return false;
  }

  private void rewriteRun(Element run) {
    Element properties = child(run, "rPr");
    if (styles.isOn(run, "vanish")) {
      hidden += run.getTextContent().isBlank() ? 0 : 1;
      replace(run, null);
      return;
    }
    Element vertical = properties == null ? null : child(properties, "vertAlign");
    boolean raised = vertical != null && attribute(vertical, "val", "").equals("superscript");
    for (Node part = run.getFirstChild(); part != null; ) {
      Node next = part.getNextSibling();
      if (part instanceof Element element) {
        rewritePart(element, raised);
      }
      part = next;
    }
  }

  private void rewritePart(Element part, boolean raised) {
    switch (part.getLocalName()) {
      case "sym" -> {
        String sign =
            SymbolFonts.character(attribute(part, "font", ""), attribute(part, "char", ""));
        replace(part, sign.isEmpty() ? null : words(sign));
      }
      case "fldChar" -> {
        Element data = child(part, "ffData");
        String shown = data == null ? null : WordFields.shown(data);
        if (data != null && shown != null) {
          remove(data);
          replace(part, words(shown));
        }
      }
      case "footnoteReference", "endnoteReference" -> {
        String note = notes.at(part);
        replace(part, note.isEmpty() ? null : words(note));
      }
      case "t" -> {
        if (raised) {
          part.setTextContent(Raised.number(part.getTextContent()));
        }
      }
      default -> {}
    }
  }

  private List<Element> all(String name) {
    return all(document, name);
  }

  /** The elements of that name below a document or element, in order. */
  static List<Element> all(Node root, String name) {
    NodeList found =
        root instanceof Document document
            ? document.getElementsByTagNameNS("*", name)
            : ((Element) root).getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      if (found.item(i) instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  static List<Element> children(Element element, String name) {
    List<Element> children = new ArrayList<>();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element found && name.equals(found.getLocalName())) {
        children.add(found);
      }
    }
    return children;
  }

  /** The words of a paragraph, tabs and breaks as blanks. */
  static String text(Element paragraph) {
    StringBuilder text = new StringBuilder();
    for (Node child = paragraph.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        switch (element.getLocalName()) {
          case "t" -> text.append(element.getTextContent());
          case "tab", "br", "cr" -> text.append(' ');
          case "pPr", "rPr" -> {}
          default -> text.append(text(element));
        }
      }
    }
    return text.toString();
  }

  /** Sets the words of an element, blanks at its ends included. */
  static void write(Element words, String text) {
    words.setAttributeNS(XMLConstants.XML_NS_URI, "xml:space", "preserve");
    words.setTextContent(text);
  }

  /** Puts words into a paragraph of their own before all others of a cell. */
  static void prepend(Element cell, String text) {
    Document document = cell.getOwnerDocument();
    Element paragraph = document.createElementNS(WORD, "w:p");
    Element run = document.createElementNS(WORD, "w:r");
    run.appendChild(words(document, text));
    paragraph.appendChild(run);
    Element properties = child(cell, "tcPr");
    cell.insertBefore(
        paragraph, properties == null ? cell.getFirstChild() : properties.getNextSibling());
  }

  static void remove(Node node) {
    Node parent = node.getParentNode();
    if (parent != null) {
      parent.removeChild(node);
    }
  }

  private Element run(String text) {
    Element run = document.createElementNS(WORD, "w:r");
    run.appendChild(words(text));
    return run;
  }

  private Element words(String text) {
    return words(document, text);
  }

  static Element words(Document document, String text) {
    Element words = document.createElementNS(WORD, "w:t");
    words.setAttributeNS(XMLConstants.XML_NS_URI, "xml:space", "preserve");
    words.setTextContent(text);
    return words;
  }

  /** Puts the children of an element, but its properties, in the place of what is around them. */
  private static void unwrap(Element around, Element content) {
    Node parent = around.getParentNode();
    if (parent == null) {
      return;
    }
    for (Node child = content.getFirstChild(); child != null; ) {
      Node next = child.getNextSibling();
      boolean properties = child instanceof Element e && e.getLocalName().endsWith("Pr");
      if (!properties) {
        parent.insertBefore(child, around);
      }
      child = next;
    }
    parent.removeChild(around);
  }

  private static void replace(Element old, @Nullable Element by) {
    Node parent = old.getParentNode();
    if (parent == null) {
      return;
    }
    if (by == null) {
      parent.removeChild(old);
    } else {
      parent.replaceChild(by, old);
    }
  }

  static @Nullable Element child(Element element, String name) {
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element found && name.equals(found.getLocalName())) {
        return found;
      }
    }
    return null;
  }

  static String attribute(Element element, String name, String otherwise) {
    var attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      if (name.equals(attributes.item(i).getLocalName())) {
        return attributes.item(i).getNodeValue();
      }
    }
    return otherwise;
  }

  static boolean isOn(@Nullable Element property) {
    return property != null
        && !Set.of("0", "false", "off").contains(attribute(property, "val", ""));
  }
}
