package dev.zhiku.ingest.extract.reviewed;

import java.util.regex.Pattern;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Text boxes of a Word document, which hold their paragraphs twice, for newer and older programs:
 * they are put behind the paragraph to which they are tied, once.
 */
final class TextBoxes {
  private static final String CONTENT = "txbxContent";

  private static final Pattern KNOWN =
      Pattern.compile("\\s*(?:(?:wp[sgci]|wp14|w1\\d\\w*|cx\\d?|a14|am3d|aink|v|o|ve|p14)\\s*)*");

  private final Document document;

  TextBoxes(Document document) {
    this.document = document;
  }

  void unfold() {
    for (Element alternatives : WordXml.all(document, "AlternateContent")) {
      Element newer = WordXml.child(alternatives, "Choice");
      Element older = WordXml.child(alternatives, "Fallback");
      if (newer == null || older == null) {
        continue;
      }
      boolean onlyOlder = newer.getTextContent().isBlank() && !older.getTextContent().isBlank();
      Element shown = onlyOlder || !isKnown(newer) ? older : newer;
      WordXml.remove(shown == newer ? older : newer);
      if (WordXml.child(shown, "t") != null) {
        unfold(alternatives, shown);
      }
    }
    for (Element box : WordXml.all(document, CONTENT)) {
      putBehind(box);
    }
  }

  /** Whether Word knows all that a choice asks for. */
  private static boolean isKnown(Element choice) {
    String required = choice.getAttribute("Requires");
    return KNOWN.matcher(required).matches();
  }

  /** Runs of text stand where the alternatives stood: the parser behind passes over those. */
  private static void unfold(Element alternatives, Element shown) {
    Node parent = alternatives.getParentNode();
    for (Node child = shown.getFirstChild(); child != null && parent != null; ) {
      Node next = child.getNextSibling();
      parent.insertBefore(child, alternatives);
      child = next;
    }
    WordXml.remove(alternatives);
  }

  private static void putBehind(Element box) {
    Node anchor = box.getParentNode();
    while (anchor != null && !"p".equals(anchor.getLocalName())) {
      anchor = anchor.getParentNode();
    }
    Node parent = anchor == null ? null : anchor.getParentNode();
    if (anchor == null || parent == null) {
      return;
    }
    Node before = anchor.getNextSibling();
    for (Node child = box.getFirstChild(); child != null; ) {
      Node next = child.getNextSibling();
      parent.insertBefore(child, before);
      child = next;
    }
    WordXml.remove(box);
  }
}
