package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.LocalExtractor;
import dev.zhiku.ingest.extract.TypeDetector;
import dev.zhiku.ingest.extract.archive.ZipReader;
import dev.zhiku.ingest.extract.html.HtmlReader;
import dev.zhiku.ingest.extract.markdown.MarkdownReader;
import dev.zhiku.ingest.extract.ocr.PictureReader;
import dev.zhiku.ingest.extract.ocr.TextRecognition;
import dev.zhiku.ingest.extract.older.DocReader;
import dev.zhiku.ingest.extract.older.PptReader;
import dev.zhiku.ingest.extract.pdf.PdfReader;
import dev.zhiku.ingest.extract.record.RecordReader;
import dev.zhiku.ingest.extract.reviewed.ReviewedReader;
import dev.zhiku.ingest.extract.reviewed.SlidesReader;
import dev.zhiku.ingest.extract.sheet.XlsReader;
import dev.zhiku.ingest.extract.sheet.XlsxReader;
import dev.zhiku.ingest.extract.text.CsvReader;
import dev.zhiku.ingest.extract.text.TextCharset;
import dev.zhiku.ingest.extract.text.TextReader;
import dev.zhiku.ingest.extract.tika.EmlxReader;
import dev.zhiku.ingest.extract.tika.TikaReader;
import dev.zhiku.ingest.extract.tika.TikaTypeDetector;
import dev.zhiku.ingest.extract.xml.FormDataReader;
import dev.zhiku.ingest.extract.xml.XmlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The readers of all formats, wired. */
final class Readers {
  /** Raised whenever a reader gives other blocks for the same file. */
  static final String VERSION = "extract-12";

  private static final String PLAIN_TEXT = "text/plain";

  /** Formats written as text whose beginning leaves no doubt, whatever the file is called. */
  private static final Set<String> MARKED_UP =
      Set.of("application/pdf", "text/html", "application/xhtml+xml");

  private static final String RTF = "application/rtf";
  private static final String RTF_HEAD = "{\\rtf";

  private final TikaTypeDetector tika = new TikaTypeDetector();
  private final Optional<TextRecognition> recognition;
  private final List<FormatReader> readers;

  /** Without text recognition. */
  Readers() {
    this(Optional.empty());
  }

  Readers(Optional<TextRecognition> recognition) {
    this.recognition = recognition;
    TikaReader office = new TikaReader();
    List<FormatReader> all =
        List.of(
            new MarkdownReader(),
            new HtmlReader(),
            new CsvReader(),
            new PdfReader(recognition),
            new XlsxReader(),
            new XlsReader(),
            new DocReader(office),
            new PptReader(office),
            new FormDataReader(),
            new XmlReader(),
            new ReviewedReader(office),
            new SlidesReader(office),
            new ZipReader(office),
            new EmlxReader(),
            office,
            new RecordReader(),
            new TextReader());
    Stream<FormatReader> pictures = recognition.map(PictureReader::new).stream().map(r -> r);
    readers = Stream.concat(pictures, all.stream()).toList();
  }

  /** An extractor for one file. */
  LocalExtractor extractor(ExtractLimits limits, Path temporaryDirectory) {
    recognition.ifPresent(TextRecognition::startFile);
    TypeDetector detector = this::detect;
    return new LocalExtractor(VERSION, limits, detector, readers, temporaryDirectory);
  }

  /**
   * The type by bytes and name, but text where a few words have the look of another format: Tika
   * takes a text that begins with "Article", "Path:", "BM" or "GIF89a" for a newsgroup post or a
   * picture. What is named as text and holds text is that text; text that no reader would take,
   * such as UTF-16 without a mark or subtitles, is plain text.
   */
  private String detect(Path file, String name) throws IOException {
    String type = tika.detect(file, name);
    String named = tika.byName(name);
    boolean namedAsText = !type.equals(named) && TextReader.takes(named) && !isMarkedUp(type, file);
    if ((namedAsText || nobodyReads(type)) && TextCharset.looksLikeText(file)) {
      return namedAsText ? named : PLAIN_TEXT;
    }
    return type;
  }

  /** RTF says its version behind its name, words that only look like it do not. */
  private static boolean isMarkedUp(String type, Path file) throws IOException {
    if (!type.equals(RTF)) {
      return MARKED_UP.contains(type);
    }
    try (InputStream content = Files.newInputStream(file)) {
      byte[] head = content.readNBytes(RTF_HEAD.length() + 1);
      return new String(head, StandardCharsets.ISO_8859_1).matches(Pattern.quote(RTF_HEAD) + "\\d");
    }
  }

  private boolean nobodyReads(String type) {
    return readers.stream().noneMatch(reader -> reader.reads(type));
  }
}
