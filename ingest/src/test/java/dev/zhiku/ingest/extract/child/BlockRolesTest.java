package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Block.Paragraph;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDPageLabelRange;
import org.apache.pdfbox.pdmodel.common.PDPageLabels;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What paragraphs are there for, as formats say so, and what pages are called. */
class BlockRolesTest {
  private final Path directory;

  BlockRolesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void items_of_markdown_are_items_and_its_paragraphs_are_not() throws IOException {
    List<Block> blocks =
        read(Sample.ofText("a.md", "Take:\n\n- a key\n- a lamp\n\n  and oil\n\n1. go\n"));
    assertThat(roles(blocks))
        .containsExactly(Role.TEXT, Role.LIST_ITEM, Role.LIST_ITEM, Role.TEXT, Role.LIST_ITEM);
  }

  @Test
  void items_and_captions_of_a_web_page_are_told_apart() throws IOException {
    String page =
        "<p>Take:</p><ol><li>a key<li>a lamp</ol>"
            + "<table><caption>各地运费</caption><tr><th>Town<th>Fare<tr><td>Ulm<td>4</table>"
            + "<figure><img src=a.png><figcaption>The valve</figcaption></figure><p>End";
    assertThat(roles(read(Sample.ofText("a.html", page))))
        .containsExactly(
            Role.TEXT, Role.LIST_ITEM, Role.LIST_ITEM, Role.CAPTION, Role.CAPTION, Role.TEXT);
  }

  @Test
  void a_comment_of_a_word_document_is_a_note() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (XWPFDocument document = new XWPFDocument()) {
      document.createParagraph().createRun().setText("The fee is 30.");
      var comment = document.createComments().createComment(BigInteger.ONE);
      comment.setAuthor("Li");
      comment.createParagraph().createRun().setText("check this");
      document.write(bytes);
    }
    List<Block> blocks = read(Sample.of("a.docx", bytes.toByteArray()));
    assertThat(blocks)
        .contains(new Paragraph("Comment (Li): check this", Block.Place.WHOLE, Role.NOTE));
  }

  @Test
  void the_row_above_a_table_is_its_caption() throws IOException {
    List<List<String>> rows =
        List.of(List.of("Price list of pumps"), List.of("Part", "Price"), List.of("X-2", "12"));
    assertThat(roles(read(TestFiles.xlsx("Prices", rows)))).containsExactly(Role.CAPTION);
  }

  @Test
  void pages_of_a_pdf_are_called_as_they_print_it() throws IOException {
    List<Optional<String>> labels =
        read(Sample.of("a.pdf", numberedPdf())).stream()
            .map(block -> block.place().label())
            .toList();
    assertThat(labels)
        .containsExactly(
            Optional.of("i"), Optional.of("ii"), Optional.of("A-1"), Optional.of("A-2"));
  }

  @Test
  void pages_that_are_called_by_their_number_have_no_label() throws IOException {
    Sample plain = TestFiles.pdf(List.of(List.of(new TestFiles.Line(10, 700, "One page."))));
    assertThat(read(plain)).allMatch(block -> block.place().label().isEmpty());
  }

  private static byte[] numberedPdf() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      for (String text :
          List.of("Foreword of all.", "Foreword goes on.", "Annex one.", "Annex two.")) {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream out = new PDPageContentStream(document, page)) {
          out.beginText();
          out.setFont(new PDType1Font(FontName.HELVETICA), 10);
          out.newLineAtOffset(72, 700);
          out.showText(text);
          out.endText();
        }
      }
      PDPageLabels labels = new PDPageLabels(document);
      labels.setLabelItem(0, range(PDPageLabelRange.STYLE_ROMAN_LOWER, null));
      labels.setLabelItem(2, range(PDPageLabelRange.STYLE_DECIMAL, "A-"));
      document.getDocumentCatalog().setPageLabels(labels);
      document.save(bytes);
    }
    return bytes.toByteArray();
  }

  private static PDPageLabelRange range(String style, @Nullable String prefix) {
    PDPageLabelRange range = new PDPageLabelRange();
    range.setStyle(style);
    range.setPrefix(prefix);
    return range;
  }

  private static List<Role> roles(List<Block> blocks) {
    return blocks.stream()
        .filter(block -> block instanceof Paragraph)
        .map(block -> ((Paragraph) block).role())
        .toList();
  }

  private List<Block> read(Sample sample) throws IOException {
    Path file = Files.createTempFile(directory, "roles", ".bin");
    Files.write(file, sample.bytes());
    return content(
            new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name()))
        .blocks();
  }
}
