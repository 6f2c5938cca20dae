package dev.zhiku.ingest.extract.older;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CommentText;
import dev.zhiku.ingest.extract.EmbeddedObject;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.Pictures;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.OldWordFileFormatException;
import org.apache.poi.hwpf.usermodel.Picture;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.Entry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * Word documents of 97 to 2003: numbers as shown, merged cells, form fields, notes at their place,
 * struck-out words marked; hidden and deleted words are left out.
 */
public final class DocReader implements FormatReader {
  private static final String OBJECTS = "ObjectPool";

  private final FormatReader office;

  /**
   * @param office reads the formats before 97
   */
  public DocReader(FormatReader office) {
    this.office = office;
  }

  @Override
  public boolean reads(String mediaType) {
    return mediaType.equals("application/msword");
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    try (POIFSFileSystem container = new POIFSFileSystem(file.path().toFile(), true);
        HWPFDocument document = new HWPFDocument(container)) {
      readText(document, sink);
      readObjects(container.getRoot(), sink);
      readPictures(document, sink);
    } catch (EncryptedDocumentException e) {
      throw new UnreadableFileException(ReasonCode.PASSWORD_PROTECTED);
    } catch (OldWordFileFormatException e) {
      office.read(file, sink);
    }
  }

  private static void readText(HWPFDocument document, BlockSink sink) {
    DocWords words = new DocWords(document);
    DocText text = new DocText(document, words, sink);
    DocMargins margins = new DocMargins(document, words);
    margins.headers().forEach(header -> sink.paragraph(header, Place.WHOLE));
    text.read(document.getRange());
    text.read(document.getMainTextboxRange());
    margins.footers().forEach(footer -> sink.paragraph(footer, Place.WHOLE));
    List<String> comments = new DocComments(document, words).all();
    if (!comments.isEmpty()) {
      sink.heading(1, CommentText.HEADING, Place.WHOLE);
      comments.forEach(comment -> sink.paragraph(Role.NOTE, comment, Place.WHOLE));
    }
    words.note(sink);
  }

  private static void readObjects(DirectoryNode root, BlockSink sink) throws IOException {
    if (!root.hasEntryCaseInsensitive(OBJECTS)
        || !(root.getEntryCaseInsensitive(OBJECTS) instanceof DirectoryNode pool)) {
      return;
    }
    for (Entry entry : pool) {
      if (entry instanceof DirectoryNode directory) {
        EmbeddedObject embedded = EmbeddedObject.of(directory);
        sink.inner(embedded.name(), new ByteArrayInputStream(embedded.content()));
      }
    }
  }

  private static void readPictures(HWPFDocument document, BlockSink sink) throws IOException {
    for (Picture picture : document.getPicturesTable().getAllPictures()) {
      byte[] content = picture.getContent();
      if (Pictures.mayHoldText(picture.getMimeType()) && Pictures.mayBeAPage(content)) {
        sink.inner(picture.suggestFullFileName(), new ByteArrayInputStream(content));
      }
    }
  }
}
