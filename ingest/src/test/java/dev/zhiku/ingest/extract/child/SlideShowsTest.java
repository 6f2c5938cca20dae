package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.notes;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slides: what is hidden, struck out or merged, and the parts beside their words. */
class SlideShowsTest {
  private final Path directory;

  SlideShowsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void hidden_slides_are_left_out_and_the_others_keep_their_number() throws IOException {
    Extracted read =
        read(
            OfficeParts.slides(
                    List.of(
                        Map.entry("", box(run("", "The list price is ninety euros."))),
                        Map.entry("show=\"0\"", box(run("", "The floor price is sixty euros."))),
                        Map.entry("", box(run("", "Orders go to the harbour office.")))))
                .named("a.pptx"));
    assertThat(text(read)).contains("ninety").doesNotContain("sixty");
    assertThat(notes(read)).contains("1 hidden slide was left out");
    assertThat(content(read).blocks().getLast().place().start()).isEqualTo(3);
  }

  @Test
  void hidden_shapes_are_left_out_and_counted() throws IOException {
    String shape = box(run("", "The floor price is sixty euros."));
    String hidden = shape.replaceFirst("<p:cNvPr ", "<p:cNvPr hidden=\"1\" ");
    assertThat(hidden).isNotEqualTo(shape);
    Extracted read =
        read(
            OfficeParts.slides(
                    List.of(
                        Map.entry("", box(run("", "The list price is ninety euros.")) + hidden)))
                .named("a.pptx"));
    assertThat(text(read)).contains("ninety").doesNotContain("sixty");
    assertThat(notes(read)).contains("1 hidden part was left out");
  }

  @Test
  void hidden_slides_of_the_older_format_are_left_out_too() throws IOException {
    try (HSLFSlideShow show = new HSLFSlideShow()) {
      for (String words : List.of("Ninety euros.", "Sixty euros.", "Harbour office.")) {
        var slide = show.createSlide();
        slide.createTextBox().setText(words);
        slide.setHidden(words.startsWith("Sixty"));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      show.write(bytes);
      Extracted read = read(Sample.of("a.ppt", bytes.toByteArray()));
      assertThat(text(read)).contains("Ninety").contains("Harbour").doesNotContain("Sixty");
      assertThat(notes(read)).contains("1 hidden slide was left out");
    }
  }

  @Test
  void struck_out_words_are_marked_and_raised_numbers_stay_raised() throws IOException {
    String words =
        run("", "The belt costs ")
            + run("strike=\"sngStrike\"", "nine euros")
            + run("strike=\"noStrike\"", " eleven euros and holds 10")
            + run("baseline=\"30000\"", "7")
            + run("", " turns.");
    Extracted read = read(OfficeParts.slides(List.of(Map.entry("", box(words)))).named("a.pptx"));
    assertThat(text(read))
        .contains("The belt costs (struck out: nine euros) eleven euros and holds 10⁷ turns.");
  }

  @Test
  void merged_cells_of_a_table_belong_to_each_row_and_column() throws IOException {
    String table =
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"4\""
            + " name=\"t\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off"
            + " x=\"0\" y=\"0\"/><a:ext cx=\"9\" cy=\"9\"/></p:xfrm><a:graphic><a:graphicData"
            + " uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr"
            + " firstRow=\"1\"/><a:tblGrid><a:gridCol w=\"9\"/><a:gridCol w=\"9\"/><a:gridCol"
            + " w=\"9\"/></a:tblGrid>"
            + row(
                cell("rowSpan=\"2\"", "Cabinet"),
                cell("gridSpan=\"2\"", "Stock"),
                cell("hMerge=\"1\"", ""))
            + row(cell("vMerge=\"1\"", ""), cell("", "Bottles"), cell("", "Boxes"))
            + row(cell("rowSpan=\"2\"", "Acids"), cell("", "14"), cell("", "3"))
            + row(cell("vMerge=\"1\"", ""), cell("", "22"), cell("", ""))
            + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>";
    Extracted read = read(OfficeParts.slides(List.of(Map.entry("", table))).named("a.pptx"));
    assertThat(PdfTablesTest.rows(read))
        .containsExactly(
            "Cabinet: Acids | Stock Bottles: 14 | Stock Boxes: 3",
            "Cabinet: Acids | Stock Bottles: 22");
  }

  @Test
  void numbered_lines_keep_their_numbers() throws IOException {
    String lines =
        line("<a:buAutoNum type=\"arabicPeriod\"/>", "Moor the ship")
            + line("<a:buAutoNum type=\"arabicPeriod\"/>", "Open the hold")
            + line("<a:buAutoNum type=\"ea1ChsPeriod\" startAt=\"3\"/>", "关闭舱门");
    Extracted read = read(OfficeParts.slides(List.of(Map.entry("", shape(lines)))).named("a.pptx"));
    assertThat(text(read)).contains("1. Moor the ship", "2. Open the hold", "三. 关闭舱门");
  }

  @Test
  void a_drawing_and_a_chart_stand_at_their_slide() throws IOException {
    String drawing =
        "<dgm:dataModel xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\""
            + " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><dgm:ptLst><dgm:pt"
            + " modelId=\"1\"><dgm:t><a:p><a:r><a:t>Weigh the anchor</a:t></a:r></a:p></dgm:t>"
            + "</dgm:pt></dgm:ptLst></dgm:dataModel>";
    Extracted read =
        read(
            OfficeParts.slides(
                    List.of(
                        Map.entry("", box(run("", "First words of the show"))),
                        Map.entry("", box(run("", "Second words of the show")))))
                .withSlidePart(
                    2, "diagrams/data1.xml", "diagramData", "drawingml.diagramData+xml", drawing)
                .named("a.pptx"));
    assertThat(content(read).blocks())
        .anyMatch(b -> b.toString().contains("Weigh the anchor") && b.place().start() == 2);
    assertThat(text(read)).containsOnlyOnce("Weigh the anchor");
  }

  private static String run(String properties, String text) {
    return "<a:r><a:rPr lang=\"en-GB\" %s/><a:t>%s</a:t></a:r>".formatted(properties, text);
  }

  private static String line(String properties, String text) {
    return "<a:p><a:pPr>%s</a:pPr>%s</a:p>".formatted(properties, run("", text));
  }

  private static String box(String runs) {
    return shape("<a:p>" + runs + "</a:p>");
  }

  private static String shape(String paragraphs) {
    return ("<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"b\"/><p:cNvSpPr"
            + " txBox=\"1\"/><p:nvPr/></p:nvSpPr>"
            + "<p:spPr/><p:txBody><a:bodyPr/>%s</p:txBody></p:sp>")
        .formatted(paragraphs);
  }

  private static String cell(String attributes, String text) {
    return "<a:tc %s><a:txBody><a:bodyPr/><a:p>%s</a:p></a:txBody><a:tcPr/></a:tc>"
        .formatted(attributes, text.isEmpty() ? "" : run("", text));
  }

  private static String row(String... cells) {
    return "<a:tr h=\"9\">" + String.join("", cells) + "</a:tr>";
  }

  private Extracted read(Sample sample) throws IOException {
    Path file = Files.createTempFile(directory, "show", sample.name());
    Files.write(file, sample.bytes());
    return new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
  }
}
