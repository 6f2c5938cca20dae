package dev.zhiku.ingest.extract.reviewed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.XMLEvent;

/**
 * A part of a document without what was deleted or moved away under tracked changes, and without
 * the comments in it or the marks that tie them to it.
 */
final class AcceptedText {
  private static final Set<String> DROPPED =
      Set.of(
          "del",
          "moveFrom",
          "commentReference",
          "commentRangeStart",
          "commentRangeEnd",
          "tracked-changes",
          "annotation");
  private static final String ROW_PROPERTIES = "trPr";
  private static final Set<String> DELETED = Set.of("del", "moveFrom", "deletion");

  private int deletions;

  /** How many deleted parts with words in them were left out so far. */
  int deletions() {
    return deletions;
  }

  byte[] of(byte[] xml) throws XMLStreamException {
    XMLEventReader in = factory().createXMLEventReader(new ByteArrayInputStream(xml));
    ByteArrayOutputStream accepted = new ByteArrayOutputStream(xml.length);
    XMLEventWriter out = XMLOutputFactory.newFactory().createXMLEventWriter(accepted, "UTF-8");
    int dropped = 0;
    boolean deleted = false;
    boolean ofRow = false;
    while (in.hasNext()) {
      XMLEvent event = in.nextEvent();
      boolean starts = event.isStartElement();
      ofRow = starts ? ofRow || isRowProperties(event) : ofRow && !isEndOfRowProperties(event);
      if (starts && (dropped > 0 || (isDropped(event) && !ofRow))) {
        dropped++;
        deleted |= DELETED.contains(event.asStartElement().getName().getLocalPart());
      } else if (event.isCharacters() && dropped > 0) {
        deletions += deleted && !event.asCharacters().isWhiteSpace() ? 1 : 0;
        deleted &= event.asCharacters().isWhiteSpace();
      } else if (dropped == 0) {
        out.add(event);
      } else if (event.isEndElement()) {
        dropped--;
        deleted &= dropped > 0;
      }
    }
    out.close();
    return accepted.toByteArray();
  }

  /** That a row was deleted is said among its properties, and needed by who reads the row. */
  private static boolean isRowProperties(XMLEvent event) {
    return event.asStartElement().getName().getLocalPart().equals(ROW_PROPERTIES);
  }

  private static boolean isEndOfRowProperties(XMLEvent event) {
    return event.isEndElement()
        && event.asEndElement().getName().getLocalPart().equals(ROW_PROPERTIES);
  }

  private static boolean isDropped(XMLEvent start) {
    return DROPPED.contains(start.asStartElement().getName().getLocalPart());
  }

  /** Reads no document type and expands no entity. */
  static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
