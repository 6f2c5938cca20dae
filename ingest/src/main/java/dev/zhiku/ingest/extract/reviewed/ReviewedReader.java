package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CommentText;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.UnreadableFileException;
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
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLStreamException;

/**
 * Word documents as they are saved today, and those of OpenDocument. Tika's readers show words that
 * were deleted under tracked changes and set comments into the sentence they are about; so they get
 * a copy without either, in which Word's controls, formulas and merged cells are plain text, and
 * the comments follow the text.
 */
public final class ReviewedReader implements FormatReader {
  private static final String WORD =
      "application/vnd.openxmlformats-officedocument.wordprocessingml";
  private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.";
  private static final String FLAT = "application/vnd.oasis.opendocument.flat";
  private static final Set<String> WORD_WITH_MACROS =
      Set.of(
          "application/vnd.ms-word.document.macroenabled.12",
          "application/vnd.ms-word.template.macroenabled.12");
  private static final Pattern TEXT_PART =
      Pattern.compile(
          "content\\.xml|word/(?:document|footnotes|endnotes|header\\d*|footer\\d*)\\.xml");
  private static final Pattern COMMENT_PART = Pattern.compile("content\\.xml|word/comments\\.xml");

  private final FormatReader office;

  /**
   * @param office reads the text of the copy
   */
  public ReviewedReader(FormatReader office) {
    this.office = office;
  }

  @Override
  public boolean reads(String mediaType) {
    boolean open = mediaType.startsWith(OPEN_DOCUMENT) && !mediaType.startsWith(FLAT);
    return open || mediaType.startsWith(WORD) || WORD_WITH_MACROS.contains(mediaType);
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    Path copy = Files.createTempFile("accepted", ".docx");
    try {
      boolean copied = accept(file.path(), copy, sink);
      office.read(copied ? new InputFile(copy, file.name(), file.mediaType()) : file, sink);
      readComments(file.path(), sink);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Whether there was anything to leave out; a damaged document is left to the office reader. */
  private static boolean accept(Path document, Path copy, BlockSink sink) throws IOException {
    try (ZipFile zip = new ZipFile(document.toFile())) {
      if (!differs(zip)) {
        return false;
      }
      try (OutputStream out = Files.newOutputStream(copy);
          ZipOutputStream accepted = new ZipOutputStream(out)) {
        noteHidden(copy(zip, accepted), sink);
      }
      return true;
    } catch (XMLStreamException | ZipException broken) {
      return false;
    }
  }

  private static boolean differs(ZipFile zip) throws IOException {
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (TEXT_PART.matcher(entry.getName()).matches() && differs(bytes(zip, entry))) {
        return true;
      }
    }
    return false;
  }

  private static boolean differs(byte[] xml) {
    String text = new String(xml, StandardCharsets.ISO_8859_1);
    return AcceptedText.differs(text) || WordXml.differs(text);
  }

  private static void noteHidden(int hidden, BlockSink sink) {
    if (hidden > 0) {
      sink.note(IngestText.of("parts.hidden", hidden));
    }
  }

  /** Copies all parts and says how many hidden ones were left out. */
  private static int copy(ZipFile zip, ZipOutputStream out) throws IOException, XMLStreamException {
    int hidden = 0;
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      out.putNextEntry(new ZipEntry(entry.getName()));
      if (TEXT_PART.matcher(entry.getName()).matches()) {
        byte[] accepted = AcceptedText.of(bytes(zip, entry));
        if (WordXml.differs(new String(accepted, StandardCharsets.ISO_8859_1))) {
          WordXml.Rewritten rewritten = WordXml.of(accepted);
          hidden += rewritten.hidden();
          accepted = rewritten.xml();
        }
        out.write(accepted);
      } else if (!entry.isDirectory()) {
        try (InputStream in = zip.getInputStream(entry)) {
          in.transferTo(out);
        }
      }
      out.closeEntry();
    }
    return hidden;
  }

  private static void readComments(Path document, BlockSink sink) throws IOException {
    List<String> comments = new ArrayList<>();
    try (ZipFile zip = new ZipFile(document.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (COMMENT_PART.matcher(entry.getName()).matches()) {
          comments.addAll(Comments.of(bytes(zip, entry)));
        }
      }
    } catch (XMLStreamException | ZipException broken) {
      sink.note(IngestText.of("comments.damaged"));
    }
    if (!comments.isEmpty()) {
      sink.heading(1, CommentText.HEADING, Place.WHOLE);
      comments.forEach(comment -> sink.paragraph(comment, Place.WHOLE));
    }
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
