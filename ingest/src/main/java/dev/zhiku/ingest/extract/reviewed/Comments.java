package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.CommentText;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The comments in a part of a document: elements {@code comment} with an attribute {@code author}
 * in Word, {@code annotation} with an element {@code creator} in OpenDocument.
 */
final class Comments {
  private static final Set<String> COMMENT = Set.of("comment", "annotation");
  private static final Set<String> ABOUT_IT = Set.of("date", "date-string", "creator-initials");

  private final XMLStreamReader in;
  private final List<String> comments = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String author = "";
  private boolean inside;

  private Comments(XMLStreamReader in) {
    this.in = in;
  }

  static List<String> of(byte[] xml) throws XMLStreamException {
    Comments found =
        new Comments(AcceptedText.factory().createXMLStreamReader(new ByteArrayInputStream(xml)));
    while (found.in.hasNext()) {
      found.event(found.in.next());
    }
    return found.comments;
  }

  private void event(int event) throws XMLStreamException {
    if (event == XMLStreamConstants.START_ELEMENT) {
      start(in.getLocalName());
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      end(in.getLocalName());
    } else if (event == XMLStreamConstants.CHARACTERS && inside) {
      text.append(in.getText());
    }
  }

  private void start(String element) throws XMLStreamException {
    if (COMMENT.contains(element)) {
      inside = true;
      author = authorAttribute();
      text.setLength(0);
    } else if (inside && element.equals("creator")) {
      author = in.getElementText();
    } else if (inside && ABOUT_IT.contains(element)) {
      in.getElementText();
    }
  }

  private void end(String element) {
    if (inside && element.equals("p")) {
      text.append('\n');
    } else if (COMMENT.contains(element)) {
      inside = false;
      if (!text.toString().isBlank()) {
        comments.add(CommentText.of(author, text.toString().strip()));
      }
    }
  }

  private String authorAttribute() {
    for (int i = 0; i < in.getAttributeCount(); i++) {
      if (in.getAttributeLocalName(i).equals("author")) {
        return in.getAttributeValue(i);
      }
    }
    return "";
  }
}
