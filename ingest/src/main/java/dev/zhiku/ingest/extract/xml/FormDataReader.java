package dev.zhiku.ingest.extract.xml;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CommentText;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What was filled into a PDF form, saved apart from it (XFDF): fields with values, comments. */
public final class FormDataReader implements FormatReader {
  private static final String TYPE = "application/vnd.adobe.xfdf";

  @Override
  public boolean reads(String mediaType) {
    return mediaType.equals(TYPE);
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException {
    try (InputStream in = Files.newInputStream(file.path())) {
      XMLStreamReader xml = XmlReader.factory().createXMLStreamReader(in);
      Form form = new Form(sink);
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> form.begin(xml);
          case XMLStreamConstants.END_ELEMENT -> form.end(xml.getLocalName());
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> form.add(xml.getText());
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  /** The fields on the way to a value, and the values of the innermost one. */
  private static final class Form {
    private final BlockSink sink;
    private final Deque<String> names = new ArrayDeque<>();
    private final List<String> values = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String author = "";

    Form(BlockSink sink) {
      this.sink = sink;
    }

    void begin(XMLStreamReader xml) {
      switch (xml.getLocalName()) {
        case "field" -> {
          handOver();
          names.addLast(attribute(xml, "name"));
        }
        case "value", "contents", "value-richtext", "contents-richtext" -> text.setLength(0);
        default ->
            author =
                xml.getAttributeValue(null, "title") == null ? author : attribute(xml, "title");
      }
    }

    void add(String words) {
      text.append(words);
    }

    void end(String name) {
      switch (name) {
        case "value", "value-richtext" -> values.add(text.toString().strip());
        case "contents", "contents-richtext" -> comment();
        case "field" -> {
          handOver();
          names.pollLast();
        }
        default -> {}
      }
    }

    private void comment() {
      if (!text.toString().isBlank()) {
        sink.paragraph(Role.NOTE, CommentText.of(author, text.toString().strip()), Place.WHOLE);
      }
      author = "";
    }

    /** A value that stands twice, plain and with styles, is one. */
    private void handOver() {
      String value =
          String.join(", ", values.stream().distinct().filter(v -> !v.isEmpty()).toList());
      if (!value.isEmpty()) {
        sink.paragraph(String.join(" ", names) + ": " + value, Place.WHOLE);
      }
      values.clear();
    }

    private static String attribute(XMLStreamReader xml, String name) {
      String value = xml.getAttributeValue(null, name);
      return value == null ? "" : value.strip();
    }
  }
}
