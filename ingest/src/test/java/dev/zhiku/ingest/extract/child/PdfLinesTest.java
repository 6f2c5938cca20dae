package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.child.TestFiles.Line;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the lines of a PDF become text. */
class PdfLinesTest {
  private static final Readers READERS = new Readers();
  private static final String FIRST = "The cost of fitting the trackers to all of the vehicles is";
  private static final String SECOND =
      "carried by the office of works, which asks for three offers";
  private static final String THIRD = "every other year.";

  private final Path directory;

  PdfLinesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(floats = {12, 15, 18, 24, 30})
  void lines_are_joined_at_any_distance_and_paragraphs_stay_apart(float distance)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    float y = 740;
    for (int i = 0; i < 3; i++) {
      for (String line : List.of(FIRST, SECOND, THIRD)) {
        lines.add(new Line(10, y, line));
        y -= distance;
      }
    }
    assertThat(paragraphs(read(List.of(lines))))
        .hasSize(3)
        .allMatch(p -> p.equals(FIRST + " " + SECOND + " " + THIRD));
  }

  @Test
  void short_lines_far_apart_stay_lines() throws IOException {
    List<Line> form =
        List.of(
            new Line(10, 700, "Name of the applicant and address: Ada Okafor, 4 Harbour Road"),
            new Line(10, 676, "Date: 4 May"),
            new Line(10, 652, "Berth: north"));
    assertThat(paragraphs(read(List.of(form)))).contains("Berth: north");
  }

  @Test
  void a_running_head_with_number_and_date_is_kept_once() throws IOException {
    List<List<Line>> pages = new ArrayList<>();
    for (int page = 1; page <= 4; page++) {
      pages.add(
          List.of(
              new Line(9, 770, "Document QP-31, version 2, 2026-03-05, page " + page + " of 4"),
              new Line(10, 600, "Words of their own on page number " + page),
              new Line(9, 30, "Harbour Office - " + page + " / 4")));
    }
    String text = text(read(pages));
    assertThat(text).containsOnlyOnce("QP-31").contains("version 2, 2026-03-05");
    assertThat(text).doesNotContain("Harbour Office");
  }

  @Test
  void columns_drawn_line_by_line_are_read_one_after_the_other() throws IOException {
    List<String> left =
        List.of("The engine room is looked over", "twice a day, at eight and", "four.");
    List<String> right =
        List.of("Oil that is hotter than eighty", "five degrees is reported to", "the foreman.");
    assertThat(text(read(columns(left, right))))
        .contains("looked over twice a day, at eight and four.")
        .contains("hotter than eighty five degrees is reported to the foreman.");
  }

  @Test
  void rows_of_a_table_far_apart_are_not_joined() throws IOException {
    List<String> left = List.of("Valve and hall", "", "VX-11 hall A", "", "VX-12 hall B");
    List<String> right = List.of("Medium that flows", "", "Steam and air", "", "Water and ice");
    assertThat(PdfTablesTest.rows(read(columns(left, right))))
        .contains("VX-12 hall B | Water and ice");
  }

  @Test
  void rows_of_a_table_stay_rows() throws IOException {
    List<String> left = List.of("Valve", "VX-11 for the steam of the hall", "VX-12", "VX-13 spare");
    List<String> right = List.of("Medium", "Steam", "Water", "Oil");
    Extracted read = read(columns(left, right));
    assertThat(text(read)).contains("VX-12 Water");
    assertThat(content(read).blocks()).noneMatch(Block.Heading.class::isInstance);
  }

  private Sample columns(List<String> left, List<String> right) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream out = new PDPageContentStream(document, page)) {
        for (int i = 0; i < left.size(); i++) {
          show(out, 72, 700 - 14 * i, left.get(i));
          show(out, 320, 700 - 14 * i, right.get(i));
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return Sample.of("columns.pdf", bytes.toByteArray());
    }
  }

  private static void show(PDPageContentStream out, float x, float y, String text)
      throws IOException {
    out.beginText();
    out.setFont(new PDType1Font(FontName.HELVETICA), 10);
    out.newLineAtOffset(x, y);
    out.showText(text);
    out.endText();
  }

  private static List<String> paragraphs(Extracted extracted) {
    return content(extracted).blocks().stream()
        .filter(Block.Paragraph.class::isInstance)
        .map(block -> ((Block.Paragraph) block).text())
        .toList();
  }

  private Extracted read(List<List<Line>> pages) throws IOException {
    return read(TestFiles.pdf(pages));
  }

  private Extracted read(Sample sample) throws IOException {
    Path file = Files.write(directory.resolve("file"), sample.bytes());
    return READERS.extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
  }
}
