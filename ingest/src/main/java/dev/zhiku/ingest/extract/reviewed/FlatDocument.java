package dev.zhiku.ingest.extract.reviewed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLStreamException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** An OpenDocument file that is one XML, written as the container that others of its kind are. */
final class FlatDocument {
  private static final List<String> NO_TEXT = List.of("scripts", "settings", "meta");

  private final byte[] xml;
  private final String mediaType;

  /**
   * @param mediaType of the same document in a container
   */
  FlatDocument(byte[] xml, String mediaType) {
    this.xml = xml;
    this.mediaType = mediaType;
  }

  void write(Path container) throws IOException, XMLStreamException {
    Document content = parsed();
    try (OutputStream file = Files.newOutputStream(container);
        ZipOutputStream out = new ZipOutputStream(file)) {
      put(out, "mimetype", mediaType.getBytes(StandardCharsets.US_ASCII));
      writePictures(content, out);
      WordXml.all(content, "master-styles").forEach(WordXml::remove);
      put(out, "content.xml", WordXml.written(content));
      Document styles = parsed();
      WordXml.all(styles, "body").forEach(WordXml::remove);
      WordXml.all(styles, "binary-data").forEach(WordXml::remove);
      put(out, "styles.xml", WordXml.written(styles));
    }
  }

  private Document parsed() throws IOException, XMLStreamException {
    Document document = WordXml.parsed(xml);
    for (String part : NO_TEXT) {
      WordXml.all(document, part).forEach(WordXml::remove);
    }
    return document;
  }

  /** Puts each picture of the text into a part of its own. */
  private static void writePictures(Document content, ZipOutputStream out) throws IOException {
    int number = 0;
    for (Element data : WordXml.all(content, "binary-data")) {
      number++;
      String written = data.getTextContent();
      WordXml.remove(data);
      try {
        put(out, "Pictures/" + number, Base64.getMimeDecoder().decode(written));
      } catch (IllegalArgumentException noPicture) {
        // Its words are lost with it, but not those of the document.
      }
    }
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
