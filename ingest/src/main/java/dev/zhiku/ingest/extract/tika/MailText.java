package dev.zhiku.ingest.extract.tika;

import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.html.HtmlReader;
import dev.zhiku.ingest.extract.text.DeclaredCharset;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.detect.EncodingDetector;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.txt.TXTParser;
import org.apache.tika.sax.BodyContentHandler;
import org.apache.tika.sax.EmbeddedContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** The text parts of a mail, by the charset that the mail declares for each. */
final class MailText {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Parts that are records have readers of their own. */
  private static final Map<String, String> RECORDS =
      Map.of("text/calendar", "body.ics", "text/vcard", "body.vcf", "text/x-vcard", "body.vcf");

  private static final EncodingDetector UTF_8 = (content, metadata) -> StandardCharsets.UTF_8;
  private static final Parser PAGE = new JSoupParser();
  private static final Parser TEXT = new TXTParser();

  private MailText() {}

  /** The part in UTF-8 with a mark, whatever it was written in. */
  static InputStream plain(InputStream content, Metadata metadata) throws IOException {
    String name = metadata.get(Metadata.CONTENT_ENCODING);
    Optional<Charset> declared = name == null ? Optional.empty() : DeclaredCharset.named(name);
    String text = DeclaredCharset.decode(content.readAllBytes(), declared);
    String marked = text.startsWith(BYTE_ORDER_MARK) ? text : BYTE_ORDER_MARK + text;
    return new ByteArrayInputStream(marked.getBytes(StandardCharsets.UTF_8));
  }

  /** Hands over the mail's own text at the place where it stands. */
  static void read(InputStream plain, String type, ContentHandler handler, BlockSink sink)
      throws IOException, SAXException {
    String record = RECORDS.get(type);
    if (record != null) {
      sink.part(record, plain);
      return;
    }
    ParseContext context = new ParseContext();
    context.set(EncodingDetector.class, UTF_8);
    Parser parser = type.equals("text/html") ? PAGE : TEXT;
    ContentHandler within = new EmbeddedContentHandler(new BodyContentHandler(handler));
    InputStream shown = parser == PAGE ? shown(plain, sink) : plain;
    try {
      parser.parse(shown, within, new Metadata(), context);
    } catch (TikaException e) {
      throw new IOException(e);
    }
  }

  private static InputStream shown(InputStream page, BlockSink sink) throws IOException {
    String html = new String(page.readAllBytes(), StandardCharsets.UTF_8);
    return new ByteArrayInputStream(HtmlReader.shown(html, sink).getBytes(StandardCharsets.UTF_8));
  }
}
