package dev.zhiku.ingest.extract.tika;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Message;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.parser.CompositeParser;
import org.apache.tika.parser.EmptyParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.apple.PListParser;
import org.apache.tika.parser.crypto.Pkcs7Parser;
import org.apache.tika.parser.dbf.DBFParser;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.hwp.HwpV5Parser;
import org.apache.tika.parser.iwork.IWorkPackageParser;
import org.apache.tika.parser.iwork.iwana.IWork13PackageParser;
import org.apache.tika.parser.mail.RFC822Parser;
import org.apache.tika.parser.mbox.MboxParser;
import org.apache.tika.parser.microsoft.JackcessParser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.OldExcelParser;
import org.apache.tika.parser.microsoft.TNEFParser;
import org.apache.tika.parser.microsoft.chm.ChmParser;
import org.apache.tika.parser.microsoft.onenote.OneNoteParser;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.pst.OutlookPSTParser;
import org.apache.tika.parser.microsoft.pst.PSTMailItemParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.microsoft.xml.SpreadsheetMLParser;
import org.apache.tika.parser.microsoft.xml.WordMLParser;
import org.apache.tika.parser.odf.FlatOpenDocumentParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.parser.pkg.CompressorParser;
import org.apache.tika.parser.pkg.PackageParser;
import org.apache.tika.parser.pkg.RarParser;
import org.apache.tika.parser.txt.TXTParser;
import org.apache.tika.parser.warc.WARCParser;
import org.apache.tika.parser.wordperfect.QuattroProParser;
import org.apache.tika.parser.wordperfect.WordPerfectParser;
import org.xml.sax.SAXException;

/**
 * Office documents, books, mail and archives, by the parsers of Apache Tika named here and no
 * other: none of them starts a program. Macros are not read, deleted text is not text.
 */
public final class TikaReader implements FormatReader {
  private static final int TYPE_GENERATIONS = 4;
  private static final String MAIL = "message/rfc822";
  private static final String RTF_MARK = "{\\rtf";
  private static final Set<String> SIGNED =
      Set.of("application/pkcs7-signature", "application/pkcs7-mime");
  private static final Pattern SIGNATURE_ENDING = Pattern.compile("(?i)\\.p7[ms]$");
  private static final Pattern WORDLESS =
      Pattern.compile(
          "application/(?:vnd\\.ms-(?:works|project)|vnd\\.stardivision\\..*|sldworks"
              + "|x-tika-msworks-spreadsheet)");
  private static final String BOOK = "application/epub+zip";

  private static final String NO_PARSERS =
      "<properties><parsers><parser class=\"org.apache.tika.parser.EmptyParser\"/></parsers>"
          + "</properties>";

  /**
   * Some parsers ask Tika's configuration for more. The one it makes by itself tries whether
   * exiftool, ffmpeg, sox and Tesseract can be started.
   */
  private final TikaConfig nothingElse = withoutParsers();

  private final CompositeParser parser;
  private final Map<String, Parser> byType;

  public TikaReader() {
    List<Parser> documents =
        List.of(
            new OfficeParser(),
            new OldExcelParser(),
            new OOXMLParser(),
            new RTFParser(),
            new WordMLParser(),
            new SpreadsheetMLParser(),
            new OneNoteParser(),
            new ChmParser(),
            new JackcessParser(),
            new OutlookPSTParser(),
            new PSTMailItemParser(),
            new TNEFParser(),
            new OpenDocumentParser(),
            new FlatOpenDocumentParser(),
            new EpubParser(),
            new IWorkPackageParser(),
            new IWork13PackageParser(),
            new HwpV5Parser(),
            new DBFParser(),
            new WordPerfectParser(),
            new QuattroProParser(),
            new RFC822Parser(),
            new MboxParser(),
            new Pkcs7Parser(),
            new PackageParser(),
            new CompressorParser(),
            new WARCParser(),
            new RarParser());
    byType = byType(documents);
    List<Parser> partsOfDocuments = List.of(new JSoupParser(), new TXTParser(), new PListParser());
    parser =
        new CompositeParser(
            MediaTypeRegistry.getDefaultRegistry(),
            Stream.concat(partsOfDocuments.stream(), documents.stream()).toList());
  }

  private static TikaConfig withoutParsers() {
    try (InputStream xml = new ByteArrayInputStream(NO_PARSERS.getBytes(StandardCharsets.UTF_8))) {
      return new TikaConfig(xml);
    } catch (IOException | TikaException | SAXException e) {
      throw new IllegalStateException("Tika's configuration cannot be made", e);
    }
  }

  private static Map<String, Parser> byType(List<Parser> parsers) {
    Map<String, Parser> byType = new HashMap<>();
    for (Parser parser : parsers) {
      parser
          .getSupportedTypes(new ParseContext())
          .forEach(type -> byType.put(type.getBaseType().toString(), parser));
    }
    return Map.copyOf(byType);
  }

  @Override
  public boolean reads(String mediaType) {
    return parserOf(mediaType).isPresent();
  }

  /** The parser of the type, or of the type it is a special kind of. */
  private Optional<Parser> parserOf(String mediaType) {
    MediaType type = MediaType.parse(mediaType);
    for (int i = 0; type != null && i < TYPE_GENERATIONS; i++) {
      Parser found = byType.get(type.toString());
      if (found != null) {
        return Optional.of(found);
      }
      type = MediaTypeRegistry.getDefaultRegistry().getSupertype(type);
    }
    return Optional.empty();
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    boolean richText = file.mediaType().endsWith("/rtf");
    if (richText && !startsWith(file.path(), RTF_MARK)) {
      throw new UnreadableFileException(ReasonCode.CORRUPT);
    }
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, file.name());
    metadata.set(Metadata.CONTENT_TYPE, file.mediaType());
    XhtmlBlocks.Form form = XhtmlBlocks.Form.of(file.mediaType());
    Set<Integer> hidden = form == XhtmlBlocks.Form.SLIDES ? HiddenSlides.of(file.path()) : Set.of();
    HiddenSlides.note(hidden, sink);
    XhtmlBlocks blocks = new XhtmlBlocks(sink, form, hidden);
    Path source = richText ? withMarks(file.path()) : file.path();
    try (TikaInputStream content = TikaInputStream.get(source)) {
      parserOf(file.mediaType())
          .orElse(parser)
          .parse(content, richText ? new RtfRows(blocks) : blocks, metadata, context(file, sink));
    } catch (EncryptedDocumentException e) {
      throw new UnreadableFileException(ReasonCode.PASSWORD_PROTECTED);
    } catch (TikaException | SAXException e) {
      requireKnown(file, sink);
      throw explained(e);
    } catch (IOException | RuntimeException e) {
      requireKnown(file, sink);
      throw e;
    } finally {
      blocks.finish();
      if (richText) {
        Files.deleteIfExists(source);
      }
    }
    addWhatOnlyMetadataKnows(file, metadata, sink);
    requireKnown(file, sink);
  }

  /** Of some types the parser tells no words, whether there are any or not. */
  private static void requireKnown(InputFile file, BlockSink sink) throws UnreadableFileException {
    if (sink.isEmpty() && WORDLESS.matcher(file.mediaType()).matches()) {
      throw new UnreadableFileException(new Reason(ReasonCode.UNSUPPORTED_TYPE, file.mediaType()));
    }
  }

  private static Path withMarks(Path file) throws IOException {
    Path copy = Files.createTempFile("marked", ".rtf");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
      RtfMarks.write(in, out);
    }
    return copy;
  }

  /** The parser of RTF takes any bytes for text. */
  private static boolean startsWith(Path file, String mark) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(mark.length()), StandardCharsets.ISO_8859_1).equals(mark);
    }
  }

  private ParseContext context(InputFile file, BlockSink sink) {
    OfficeParserConfig office = new OfficeParserConfig();
    office.setExtractMacros(false);
    office.setIncludeDeletedContent(false);
    office.setIncludeMoveFromContent(false);
    ParseContext context = new ParseContext();
    context.set(Parser.class, parserOfParts(file, sink));
    context.set(TikaConfig.class, nothingElse);
    context.set(OfficeParserConfig.class, office);
    context.set(
        EmbeddedDocumentExtractor.class,
        new InnerFilesOfTika(
            file.mediaType(), sink, (content, item) -> readMailItem(content, item, sink)));
    return context;
  }

  /** The text of a mail is read by its declared charset, which Tika's parsers are not told. */
  private Parser parserOfParts(InputFile file, BlockSink sink) {
    if (file.mediaType().equals(MAIL)) {
      return EmptyParser.INSTANCE;
    }
    return SIGNED.contains(file.mediaType()) ? signedPart(file, sink) : parser;
  }

  /** What somebody signed is a file like any other: it is not for Tika to choose its parser. */
  private static Parser signedPart(InputFile file, BlockSink sink) {
    return new HandingOver(name -> SIGNATURE_ENDING.matcher(name).replaceFirst(""), file, sink);
  }

  /** A mail of a mail folder, which exists as an object only. */
  private void readMailItem(TikaInputStream content, Metadata metadata, BlockSink sink)
      throws IOException {
    InputFile item = new InputFile(Path.of(""), "", PSTMailItemParser.PST_MAIL_ITEM_STRING);
    XhtmlBlocks blocks = new XhtmlBlocks(sink, XhtmlBlocks.Form.MAIL);
    try {
      parserOf(item.mediaType())
          .orElse(parser)
          .parse(content, blocks, metadata, context(item, sink));
    } catch (TikaException | SAXException e) {
      throw new IOException(e);
    } finally {
      blocks.finish();
    }
    sink.first(() -> addMailHead(metadata, sink));
  }

  private static void addWhatOnlyMetadataKnows(InputFile file, Metadata metadata, BlockSink sink)
      throws IOException {
    if (file.mediaType().equals(BOOK)) {
      sink.first(() -> title(metadata.get(TikaCoreProperties.TITLE), sink));
    }
    if (file.mediaType().equals(MAIL)) {
      MailHead head = MailHead.of(file.path());
      sink.first(() -> head.add(sink));
    }
  }

  private static void addMailHead(Metadata metadata, BlockSink sink) {
    title(
        Objects.requireNonNullElse(
            metadata.get(TikaCoreProperties.TITLE), metadata.get(TikaCoreProperties.SUBJECT)),
        sink);
    String head =
        Stream.of(
                line("From", metadata.getValues(Message.MESSAGE_FROM)),
                line("To", metadata.getValues(Message.MESSAGE_TO)),
                line("Cc", metadata.getValues(Message.MESSAGE_CC)),
                line("Date", metadata.getValues(TikaCoreProperties.CREATED)))
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n"));
    sink.preformatted(head, Place.WHOLE);
  }

  private static String line(String name, String[] values) {
    return values.length == 0 ? "" : name + ": " + String.join(", ", values);
  }

  private static void title(String title, BlockSink sink) {
    sink.heading(0, title, Place.WHOLE);
  }

  /** Turns what a parser throws into a reason where it names one. */
  private static IOException explained(Exception failure) throws UnreadableFileException {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = cause.getClass().getSimpleName() + " " + cause.getMessage();
      if (cause instanceof BlockSink.Full full) {
        throw full;
      }
      if (cause instanceof EncryptedDocumentException
          || text.contains("EncryptedDocument")
          || text.contains("InvalidCredentials")
          || text.contains("password")) {
        throw new UnreadableFileException(ReasonCode.PASSWORD_PROTECTED);
      }
      if (text.contains("Zip bomb")) {
        throw new UnreadableFileException(
            new Reason(ReasonCode.UNPACK_LIMIT, "unpacks to more than 100 times its size"));
      }
    }
    return new IOException(failure);
  }
}
