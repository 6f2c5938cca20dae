package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CommentText;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.outcome.IngestText;
import java.io.IOException;
import java.io.InputStream;
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
import javax.xml.stream.XMLStreamException;

/**
 * Word documents as they are saved today, and those of OpenDocument. Tika's readers show words that
 * were deleted under tracked changes and set comments into the sentence they are about; so they get
 * a copy without either, in which Word's controls, formulas, numbers and merged cells are plain
 * text, and the comments follow the text.
 */
public final class ReviewedReader implements FormatReader {
  private static final String WORD =
      "application/vnd.openxmlformats-officedocument.wordprocessingml";
  private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.";
  private static final String FLAT = "application/vnd.oasis.opendocument.flat.";
  private static final Set<String> WORD_WITH_MACROS =
      Set.of(
          "application/vnd.ms-word.document.macroenabled.12",
          "application/vnd.ms-word.template.macroenabled.12");
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
    return mediaType.startsWith(OPEN_DOCUMENT)
        || mediaType.startsWith(WORD)
        || WORD_WITH_MACROS.contains(mediaType);
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    if (file.mediaType().startsWith(FLAT)) {
      readFlat(file, sink);
    } else {
      readContainer(file, sink);
    }
  }

  /** Reads a document that is one XML as the same document in a container. */
  private void readFlat(InputFile file, BlockSink sink)
      throws IOException, UnreadableFileException {
    String mediaType = file.mediaType().replace(FLAT, OPEN_DOCUMENT);
    Path container = Files.createTempFile("flat", ".odf");
    try {
      byte[] xml = Files.readAllBytes(file.path());
      if (WordXml.fits(xml)) {
        new FlatDocument(xml, mediaType).write(container);
        readContainer(new InputFile(container, file.name(), mediaType), sink);
      } else {
        office.read(file, sink);
      }
    } catch (XMLStreamException damaged) {
      office.read(file, sink);
    } finally {
      Files.deleteIfExists(container);
    }
  }

  private void readContainer(InputFile file, BlockSink sink)
      throws IOException, UnreadableFileException {
    Path copy = Files.createTempFile("accepted", ".docx");
    try (ZipFile zip = new ZipFile(file.path().toFile())) {
      WordCopy accepted = new WordCopy(zip);
      accepted.write(copy);
      accepted.addHeaders(sink);
      office.read(new InputFile(copy, file.name(), file.mediaType()), sink);
      accepted.addRest(sink);
    } catch (XMLStreamException | ZipException damaged) {
      office.read(file, sink);
    } finally {
      Files.deleteIfExists(copy);
    }
    readComments(file.path(), sink);
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
      comments.forEach(comment -> sink.paragraph(Role.NOTE, comment, Place.WHOLE));
    }
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
