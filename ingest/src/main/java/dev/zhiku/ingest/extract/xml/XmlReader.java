package dev.zhiku.ingest.extract.xml;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML as the text of its elements, each a paragraph with its lines. Document types are not read and
 * entities not expanded, so that no other file, no address and no bomb hides behind one.
 */
public final class XmlReader implements FormatReader {
  @Override
  public boolean reads(String mediaType) {
    return mediaType.equals("application/xml")
        || mediaType.equals("text/xml")
        || (mediaType.endsWith("+xml") && !mediaType.equals("application/xhtml+xml"));
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException {
    try (InputStream in = Files.newInputStream(file.path())) {
      XMLStreamReader xml = factory().createXMLStreamReader(in);
      read(xml, sink);
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
    return factory;
  }

  private static void read(XMLStreamReader xml, BlockSink sink) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    int line = 1;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
        case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT -> {
          int end = Math.max(line, xml.getLocation().getLineNumber());
          emit(text, line, end, sink);
          line = end;
        }
        default -> {}
      }
    }
  }

  private static void emit(StringBuilder text, int start, int end, BlockSink sink) {
    if (!text.isEmpty()) {
      sink.paragraph(
          text.toString(), new Place(Kind.LINES, Optional.empty(), Optional.empty(), start, end));
      text.setLength(0);
    }
  }
}
