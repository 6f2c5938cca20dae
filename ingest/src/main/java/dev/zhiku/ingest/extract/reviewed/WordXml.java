package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.Raised;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A part of a Word document rewritten so that a plain reader sees all of it: rows and paragraphs
 * out of their controls, formulas and symbols as text, raised digits as such, merged cells filled,
 * hidden words left out.
 */
final class WordXml {
  private static final Pattern MARK =
      Pattern.compile(
          "<w:(?:sdt|customXml|smartTag|sym|vanish|vertAlign|vMerge|gridSpan)[\\s/>]|<m:oMath");
  private static final int MOST_BYTES = 16 << 20;
  private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  private static final Set<String> WRAPPERS = Set.of("customXml", "smartTag");

  private final Document document;
  private int hidden;

  private WordXml(Document document) {
    this.document = document;
  }

  /** The rewritten part and how many hidden runs of words it lost. */
  static final class Rewritten {
    private final byte[] xml;
    private final int hidden;

    private Rewritten(byte[] xml, int hidden) {
      this.xml = xml;
      this.hidden = hidden;
    }

    byte[] xml() {
      return xml;
    }

    int hidden() {
      return hidden;
    }
  }

  /**
   * @param xml as text, one character a byte
   */
  static boolean differs(String xml) {
    return xml.length() <= MOST_BYTES && MARK.matcher(xml).find();
  }

  static Rewritten of(byte[] xml) throws IOException, XMLStreamException {
    try {
      Document document =
          XMLHelper.newDocumentBuilder().parse(new InputSource(new ByteArrayInputStream(xml)));
      WordXml rewriting = new WordXml(document);
      rewriting.rewrite();
      Transformer writer = XMLHelper.newTransformer();
      writer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
      ByteArrayOutputStream out = new ByteArrayOutputStream(xml.length);
      writer.transform(new DOMSource(document), new StreamResult(out));
      return new Rewritten(out.toByteArray(), rewriting.hidden);
    } catch (SAXException | TransformerException e) {
      throw new XMLStreamException(e);
    }
  }

  private void rewrite() {
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
    for (Element table : all("tbl")) {
      new WordTable(table).fill();
    }
  }

  private void rewriteRun(Element run) {
    Element properties = child(run, "rPr");
    if (properties != null && isOn(child(properties, "vanish"))) {
      hidden += run.getTextContent().isBlank() ? 0 : 1;
      replace(run, null);
      return;
    }
    Element vertical = properties == null ? null : child(properties, "vertAlign");
    boolean raised = vertical != null && attribute(vertical, "val", "").equals("superscript");
    for (Node part = run.getFirstChild(); part != null; ) {
      Node next = part.getNextSibling();
      if (part instanceof Element element && element.getLocalName().equals("sym")) {
        String sign =
            SymbolFonts.character(attribute(element, "font", ""), attribute(element, "char", ""));
        replace(element, sign.isEmpty() ? null : words(sign));
      } else if (raised && part instanceof Element element && element.getLocalName().equals("t")) {
        element.setTextContent(Raised.number(element.getTextContent()));
      }
      part = next;
    }
  }

  private List<Element> all(String name) {
    var found = document.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      if (found.item(i) instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
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

  private static boolean isOn(@Nullable Element property) {
    return property != null
        && !Set.of("0", "false", "off").contains(attribute(property, "val", ""));
  }
}
