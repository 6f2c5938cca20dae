package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.StruckText;
import dev.zhiku.ingest.outcome.IngestText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * A copy of a Word or OpenDocument file for a reader that sees only plain paragraphs and tables.
 * Headers, footers, notes, charts and drawings are taken out of it.
 */
final class WordCopy {
  private static final Pattern TEXT_PART = Pattern.compile("content\\.xml|word/document\\d*\\.xml");
  private static final Pattern NOTES = Pattern.compile("word/(?:footnotes|endnotes)\\.xml");
  private static final Pattern MARGIN = Pattern.compile("word/(header|footer)\\d*\\.xml");

  private static final String OPEN_STYLES = "styles.xml";
  private static final WordNotes NO_NOTES = new WordNotes(null, null);

  private final ZipFile zip;
  private final AcceptedText accepted = new AcceptedText();
  private final WordMargins margins = new WordMargins();
  private final List<OdfXml> openDocuments = new ArrayList<>();
  private final List<Document> drawings = new ArrayList<>();
  private final Numbering numbering;
  private final WordStyles styles;
  private final WordNotes notes;
  private @Nullable Document slideStyles;
  private int hidden;
  private int struck;
  private int deletedRows;

  WordCopy(ZipFile zip) throws IOException, XMLStreamException {
    this.zip = zip;
    Document stylesheet = part("word/styles.xml");
    numbering = new Numbering(part("word/numbering.xml"), stylesheet);
    styles = new WordStyles(stylesheet);
    notes = new WordNotes(accepted("word/footnotes.xml"), accepted("word/endnotes.xml"));
  }

  private @Nullable Document part(String name) throws IOException, XMLStreamException {
    byte[] xml = bytes(name);
    return xml.length > 0 && WordXml.fits(xml) ? WordXml.parsed(xml) : null;
  }

  private @Nullable Document accepted(String name) throws IOException, XMLStreamException {
    byte[] xml = bytes(name);
    return xml.length > 0 && WordXml.fits(xml) ? rewritten(accepted.of(xml), NO_NOTES) : null;
  }

  private byte[] bytes(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    return entry == null ? new byte[0] : bytes(entry);
  }

  private byte[] bytes(ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private Document rewritten(byte[] xml, WordNotes placed) throws IOException, XMLStreamException {
    Document part = WordXml.parsed(xml);
    WordXml rewriting = new WordXml(part, numbering, placed, styles);
    rewriting.rewrite();
    hidden += rewriting.hidden();
    struck += rewriting.struck();
    deletedRows += rewriting.deletedRows();
    return part;
  }

  void write(Path copy) throws IOException, XMLStreamException {
    try (OutputStream file = Files.newOutputStream(copy);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        out.putNextEntry(new ZipEntry(entry.getName()));
        if (!entry.isDirectory()) {
          out.write(copied(entry));
        }
        out.closeEntry();
      }
    }
  }

  private byte[] copied(ZipEntry entry) throws IOException, XMLStreamException {
    String name = entry.getName();
    byte[] xml = bytes(entry);
    if (TEXT_PART.matcher(name).matches()) {
      byte[] text = accepted.of(xml);
      if (!WordXml.fits(text)) {
        return text;
      }
      return name.startsWith("word/")
          ? WordXml.written(rewritten(text, notes))
          : openDocument(WordXml.parsed(text));
    }
    if (name.equals(OPEN_STYLES) && WordXml.fits(xml)) {
      return withoutMasters(xml);
    }
    var margin = MARGIN.matcher(name);
    boolean drawing = DrawingText.isPart(name);
    if (!WordXml.fits(xml) || !(margin.matches() || drawing || NOTES.matcher(name).matches())) {
      return xml;
    }
    if (margin.matches()) {
      margins.add(rewritten(accepted.of(xml), NO_NOTES), margin.group(1).equals("header"));
    } else if (drawing) {
      drawings.add(WordXml.parsed(xml));
    }
    return emptied(xml);
  }

  /** A part that holds nothing any more. */
  static byte[] emptied(byte[] xml) throws IOException, XMLStreamException {
    Document part = WordXml.parsed(xml);
    var root = part.getDocumentElement();
    while (root.getFirstChild() != null) {
      root.removeChild(root.getFirstChild());
    }
    return WordXml.written(part);
  }

  private byte[] openDocument(Document content) throws IOException, XMLStreamException {
    OdfXml rewriting = new OdfXml(content, new OdfStyles(content, part(OPEN_STYLES)));
    rewriting.rewrite();
    openDocuments.add(rewriting);
    return WordXml.written(content);
  }

  /** Styles of a show, whose master pages are no slides; those of other files stay. */
  private byte[] withoutMasters(byte[] xml) throws IOException, XMLStreamException {
    if (!new String(bytes("mimetype"), StandardCharsets.US_ASCII).contains("presentation")) {
      return xml;
    }
    Document common = WordXml.parsed(xml);
    slideStyles = WordXml.parsed(xml);
    WordXml.all(common, "master-styles").forEach(WordXml::remove);
    return WordXml.written(common);
  }

  void addHeaders(BlockSink sink) {
    margins.headers().forEach(text -> sink.paragraph(text, Place.WHOLE));
  }

  /** Adds what was taken out of the copy and says what was left out. */
  void addRest(BlockSink sink) {
    drawings.forEach(drawing -> new DrawingText(drawing, Place.WHOLE, sink).read());
    margins.footers().forEach(text -> sink.paragraph(text, Place.WHOLE));
    note(sink, hidden, "parts.hidden");
    note(sink, accepted.deletions() + deletedRows, "parts.deleted");
    note(sink, notes.unplaced(), "parts.unplaced-notes");
    StruckText.note(struck, sink);
    Document common = slideStyles;
    if (common != null) {
      openDocuments.forEach(show -> show.addMargins(common, sink));
    }
    openDocuments.forEach(text -> text.note(sink));
  }

  private static void note(BlockSink sink, int count, String key) {
    if (count > 0) {
      sink.note(IngestText.of(key, count));
    }
  }
}
