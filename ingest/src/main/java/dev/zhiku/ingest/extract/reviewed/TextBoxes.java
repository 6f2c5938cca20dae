package dev.zhiku.ingest.extract.reviewed;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Text boxes of a Word document, which hold their paragraphs twice, for newer and older programs:
 * they are put behind the paragraph to which they are tied, once.
 */
final class TextBoxes {
  private static final String CONTENT = "txbxContent";

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
      WordXml.remove(onlyOlder ? newer : older);
    }
    for (Element box : WordXml.all(document, CONTENT)) {
      putBehind(box);
    }
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
