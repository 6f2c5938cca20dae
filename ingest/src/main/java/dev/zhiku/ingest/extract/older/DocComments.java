package dev.zhiku.ingest.extract.older;

import dev.zhiku.ingest.extract.CleanText;
import dev.zhiku.ingest.extract.CommentText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.model.FIBFieldHandler;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Range;

/** Comments of a Word document with their authors, which POI does not tell. */
final class DocComments {
  private static final char BEGINS_COMMENT = 5;

  /** Where the file's head lists the parts of the table stream, each by offset and length. */
  private static final int PARTS = 154;

  private static final int PART_BYTES = 8;
  private static final int POSITION_BYTES = 4;
  private static final int REFERENCE_BYTES = 30;
  private static final int AUTHOR_OF_REFERENCE = 20;

  private final HWPFDocument document;
  private final DocWords words;

  DocComments(HWPFDocument document, DocWords words) {
    this.document = document;
    this.words = words;
  }

  List<String> all() {
    List<StringBuilder> texts = new ArrayList<>();
    Range range = document.getCommentsRange();
    for (int i = 0; i < range.numParagraphs(); i++) {
      Paragraph paragraph = range.getParagraph(i);
      if (texts.isEmpty() || paragraph.text().indexOf(BEGINS_COMMENT) >= 0) {
        texts.add(new StringBuilder());
      }
      texts.getLast().append(words.of(paragraph)).append('\n');
    }
    List<String> comments = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = CleanText.running(texts.get(i).toString());
      if (!text.isEmpty()) {
        comments.add(CommentText.of(author(i), text));
      }
    }
    return comments;
  }

  private String author(int comment) {
    try {
      ByteBuffer references = part(FIBFieldHandler.PLCFANDREF);
      int count = (references.remaining() - POSITION_BYTES) / (POSITION_BYTES + REFERENCE_BYTES);
      if (comment >= count) {
        return "";
      }
      int reference = (count + 1) * POSITION_BYTES + comment * REFERENCE_BYTES;
      int author = references.getShort(references.position() + reference + AUTHOR_OF_REFERENCE);
      ByteBuffer authors = part(FIBFieldHandler.GRPXSTATNOWNERS);
      for (int i = 0; i < author; i++) {
        authors.position(authors.position() + 2 + 2 * authors.getShort(authors.position()));
      }
      byte[] name = new byte[2 * authors.getShort()];
      authors.get(name);
      return new String(name, StandardCharsets.UTF_16LE);
    } catch (RuntimeException damaged) {
      return "";
    }
  }

  private ByteBuffer part(int number) {
    ByteBuffer head = ByteBuffer.wrap(document.getMainStream()).order(ByteOrder.LITTLE_ENDIAN);
    int offset = head.getInt(PARTS + PART_BYTES * number);
    int length = head.getInt(PARTS + PART_BYTES * number + POSITION_BYTES);
    return ByteBuffer.wrap(document.getTableStream(), offset, length)
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
