package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.CommentText;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.ClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands beside a document's own words is cited as what it is, or not at all. */
class CommentsTest {
  private static final Readers READERS = new Readers();

  private final Path directory;

  CommentsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static Sample reviewed() throws IOException {
    try (XWPFDocument document = new XWPFDocument()) {
      var comment = document.createComments().createComment(BigInteger.ONE);
      comment.setAuthor("Li Wei");
      comment.createParagraph().createRun().setText("please check this figure");
      var paragraph = document.createParagraph();
      paragraph.getCTP().addNewCommentRangeStart().setId(BigInteger.ONE);
      paragraph.createRun().setText("The pump costs ");
      var change = paragraph.getCTP().addNewDel();
      change.setAuthor("Li Wei");
      change.addNewR().addNewDelText().setStringValue("12.50 ");
      var insertion = paragraph.getCTP().addNewIns();
      insertion.setAuthor("Li Wei");
      insertion.addNewR().addNewT().setStringValue("14.90 ");
      paragraph.getCTP().addNewR().addNewCommentReference().setId(BigInteger.ONE);
      paragraph.createRun().setText("in May.");
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.write(bytes);
      return Sample.of("offer.docx", bytes.toByteArray());
    }
  }

  @Test
  void words_deleted_under_tracked_changes_are_not_text_and_inserted_ones_are() throws IOException {
    assertThat(text(read(reviewed()))).contains("The pump costs 14.90 in May.");
    assertThat(text(read(reviewed()))).doesNotContain("12.50");
  }

  @Test
  void a_comment_stands_apart_with_its_author_under_a_heading_of_its_own() throws IOException {
    List<Block> blocks = content(read(reviewed())).blocks();
    assertThat(text(blocks.get(blocks.size() - 2))).isEqualTo(CommentText.HEADING);
    assertThat(text(blocks.getLast())).isEqualTo("Comment (Li Wei): please check this figure");
    assertThat(text(read(reviewed()))).containsOnlyOnce("please check");
  }

  @Test
  void a_document_without_changes_and_comments_is_read_as_it_is() throws IOException {
    assertThat(text(read(TestFiles.docx("Cooling", "Cold.")))).doesNotContain("Comment");
  }

  @Test
  void the_comment_of_a_cell_names_itself_and_its_author() throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook()) {
      var sheet = workbook.createSheet("Parts");
      var cell = sheet.createRow(0).createCell(0);
      cell.setCellValue("X-100");
      ClientAnchor anchor = workbook.getCreationHelper().createClientAnchor();
      var comment = sheet.createDrawingPatriarch().createCellComment(anchor);
      comment.setString(workbook.getCreationHelper().createRichTextString("已停产"));
      comment.setAuthor("李伟");
      cell.setCellComment(comment);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      workbook.write(bytes);
      assertThat(text(read(Sample.of("parts.xlsx", bytes.toByteArray())))).contains("批注（李伟）：已停产");
    }
  }

  @Test
  void words_deleted_in_an_open_document_are_not_text_and_its_comments_follow_it()
      throws IOException {
    String content =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <office:document-content
          xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
          xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
         <office:body><office:text>
          <text:tracked-changes><text:changed-region text:id="c1"><text:deletion>
           <office:change-info><dc:creator>Li Wei</dc:creator></office:change-info>
           <text:p>the deleted price</text:p></text:deletion></text:changed-region>
          </text:tracked-changes>
          <text:p>The pump costs <text:change text:change-id="c1"/><office:annotation>
           <dc:creator>Li Wei</dc:creator><dc:date>2026-11-20T09:00:00</dc:date>
           <text:p>please check</text:p></office:annotation>14.90 in May.</text:p>
         </office:text></office:body>
        </office:document-content>
        """;
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("mimetype", "application/vnd.oasis.opendocument.text");
    entries.put("content.xml", content);
    String text = text(read(TestFiles.zip("offer.odt", entries)));
    assertThat(text).contains("The pump costs 14.90 in May.").doesNotContain("deleted price");
    assertThat(text).endsWith("Comment (Li Wei): please check");
  }

  private Extracted read(Sample sample) throws IOException {
    Path file = Files.createTempFile(directory, "sample", ".bin");
    Files.write(file, sample.bytes());
    return READERS.extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
  }
}
