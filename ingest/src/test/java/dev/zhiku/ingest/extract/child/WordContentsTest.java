package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.notes;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, marks and parts of a Word document that are not in its runs of words. */
class WordContentsTest {
  private final Path directory;

  WordContentsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({
    "chineseCounting, （%1）, （三） Gate",
    "chineseCountingThousand, 第%1条, 第三条 Gate",
    "ideographTraditional, %1、, 丙、 Gate",
    "chineseLegalSimplified, %1、, 叁、 Gate",
    "decimal, %1., 3. Gate",
    "decimalZero, %1), 03) Gate",
    "upperRoman, Art. %1, Art. III Gate",
    "lowerLetter, (%1), (c) Gate",
    "upperLetter, %1., C. Gate",
    "decimalEnclosedCircle, %1, ③ Gate",
    "ordinal, %1, 3rd Gate",
    "japaneseCounting, %1、, 三、 Gate"
  })
  void paragraphs_are_numbered_as_shown(String format, String shown, String expected)
      throws IOException {
    String body = item(1, 0, "Quay") + item(1, 0, "Dock") + item(1, 0, "Gate");
    Extracted read = read(numbered(body, level(0, format, shown)));
    assertThat(text(read)).contains(expected);
  }

  @Test
  void levels_are_numbered_within_each_other_and_headings_keep_their_number() throws IOException {
    String body =
        heading("Safety", 0)
            + heading("Use", 1)
            + heading("Care", 1)
            + item(1, 2, "Oil")
            + item(1, 2, "Water")
            + heading("Repair", 0)
            + heading("Parts", 1);
    String levels =
        level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3");
    Extracted read = read(numbered(body, levels));
    assertThat(headings(read))
        .containsExactly("1 Safety", "1.1 Use", "1.2 Care", "2 Repair", "2.1 Parts");
    assertThat(text(read)).contains("1.2.1 Oil").contains("1.2.2 Water");
  }

  @Test
  void one_list_begins_again_where_it_says_so_and_bullets_are_bullets() throws IOException {
    OfficeParts word =
        OfficeParts.word(item(1, 0, "Quay") + item(2, 0, "Dock") + item(3, 0, "Rope"))
            .with(
                "numbering.xml",
                "numbering",
                "numbering",
                "<w:abstractNum w:abstractNumId=\"0\">"
                    + level(0, "decimal", "%1.")
                    + "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">"
                    + level(0, "bullet", "\uF0B7")
                    + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId"
                    + " w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId"
                    + " w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride"
                    + " w:val=\"7\"/></w:lvlOverride></w:num><w:num w:numId=\"3\"><w:abstractNumId"
                    + " w:val=\"1\"/></w:num>");
    assertThat(text(read(word))).contains("1. Quay").contains("7. Dock").contains("• Rope");
  }

  @Test
  void struck_out_words_are_marked_and_apart_from_their_correction() throws IOException {
    Extracted read =
        read(
            OfficeParts.word(
                "<w:p>"
                    + run("", "终点站为")
                    + run("<w:strike/>", "九江")
                    + run("", "安庆。")
                    + "</w:p><w:p>"
                    + run("", "The belt costs ")
                    + run("<w:dstrike/>", "nine ")
                    + run("<w:strike/>", "euros")
                    + run("<w:strike w:val=\"0\"/>", " eleven euros.")
                    + "</w:p>"));
    assertThat(text(read))
        .contains("终点站为（划去：九江）安庆。")
        .contains("The belt costs (struck out: nine euros) eleven euros.");
    assertThat(notes(read)).contains("2 struck-out parts");
  }

  @Test
  void words_hidden_or_struck_out_by_their_style_are_hidden_and_struck_out() throws IOException {
    OfficeParts word =
        OfficeParts.word(
                "<w:p>"
                    + run("<w:rStyle w:val=\"Secret\"/>", "The floor price is 70.")
                    + run("", "The list price is 90.")
                    + run("<w:rStyle w:val=\"Secret\"/><w:vanish w:val=\"0\"/>", " Rope is 5.")
                    + "</w:p><w:p><w:pPr><w:pStyle w:val=\"Old\"/></w:pPr>"
                    + run("", "Gate nine")
                    + "</w:p>")
            .with(
                "styles.xml",
                "styles",
                "styles",
                "<w:style w:type=\"character\""
                    + " w:styleId=\"Base\"><w:rPr><w:vanish/></w:rPr></w:style><w:style"
                    + " w:type=\"character\" w:styleId=\"Secret\"><w:basedOn"
                    + " w:val=\"Base\"/></w:style><w:style w:type=\"paragraph\""
                    + " w:styleId=\"Old\"><w:rPr><w:strike/></w:rPr></w:style>");
    Extracted read = read(word);
    assertThat(text(read))
        .contains("The list price is 90. Rope is 5.")
        .contains("(struck out: Gate nine)")
        .doesNotContain("70");
    assertThat(notes(read)).contains("1 hidden part was left out");
  }

  @Test
  void rows_deleted_under_tracked_changes_are_left_out_and_counted() throws IOException {
    String cell = "<w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>";
    Extracted read =
        read(
            OfficeParts.word(
                "<w:tbl><w:tr>"
                    + cell.formatted("Rope")
                    + cell.formatted("5")
                    + "</w:tr><w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>"
                    + cell.formatted("Chain")
                    + cell.formatted("7")
                    + "</w:tr></w:tbl>"));
    assertThat(text(read)).contains("Rope").doesNotContain("Chain");
    assertThat(notes(read)).contains("1 tracked deletion was left out");
  }

  @Test
  void words_deleted_or_moved_away_are_left_out_and_counted() throws IOException {
    Extracted read =
        read(
            OfficeParts.word(
                "<w:p>"
                    + run("", "The fee is ")
                    + "<w:del w:id=\"1\"><w:r><w:delText>nine</w:delText></w:r></w:del>"
                    + "<w:ins w:id=\"2\">"
                    + run("", "eleven")
                    + "</w:ins>"
                    + run("", " euros.")
                    + "</w:p>"));
    assertThat(text(read)).isEqualTo("The fee is eleven euros.");
    assertThat(notes(read)).contains("1 tracked deletion was left out");
  }

  @Test
  void old_form_fields_show_what_was_chosen() throws IOException {
    String box =
        "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox>%s</w:checkBox></w:ffData>"
            + "</w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
            + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    String list =
        "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList><w:result w:val=\"1\"/>"
            + "<w:listEntry w:val=\"north\"/><w:listEntry w:val=\"south\"/></w:ddList></w:ffData>"
            + "</w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>"
            + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    Extracted read =
        read(
            OfficeParts.word(
                "<w:p>"
                    + box.formatted("<w:default w:val=\"0\"/><w:checked/>")
                    + run("", " urgent ")
                    + box.formatted("<w:default w:val=\"1\"/>")
                    + run("", " paid ")
                    + box.formatted("<w:default w:val=\"1\"/><w:checked w:val=\"0\"/>")
                    + run("", " abroad, gate ")
                    + list
                    + "</w:p>"));
    assertThat(text(read)).isEqualTo("☑ urgent ☑ paid ☐ abroad, gate south");
  }

  @Test
  void notes_stand_where_they_are_referred_to() throws IOException {
    Extracted read =
        read(
            OfficeParts.word(
                    "<w:p>"
                        + run("", "押金为一个月租金")
                        + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>"
                        + run("", "，退租时返还。")
                        + "</w:p><w:p>"
                        + run("", "The rent is due on Monday")
                        + "<w:r><w:endnoteReference w:id=\"3\"/></w:r>"
                        + run("", ".")
                        + "</w:p>")
                .with(
                    "footnotes.xml",
                    "footnotes",
                    "footnotes",
                    "<w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r>"
                        + run("", "学生减半")
                        + "</w:p></w:footnote>")
                .with(
                    "endnotes.xml",
                    "endnotes",
                    "endnotes",
                    "<w:endnote w:id=\"3\"><w:p>"
                        + run("", "Tuesday after holidays")
                        + "</w:p></w:endnote>"));
    assertThat(text(read))
        .isEqualTo(
            "押金为一个月租金（注：学生减半），退租时返还。\n"
                + "The rent is due on Monday (note: Tuesday after holidays).");
  }

  @Test
  void headers_and_footers_are_read_once_and_page_numbers_not_at_all() throws IOException {
    String page =
        "<w:p><w:r><w:t>Page </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>"
            + "<w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/>"
            + "</w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    String head = "<w:p>" + run("", "Document QP-31, version 2") + "</w:p>";
    Extracted read =
        read(
            OfficeParts.word(paragraph("The quay is repaired in March."))
                .with("header1.xml", "header", "hdr", head)
                .with("header2.xml", "header", "hdr", head)
                .with("footer1.xml", "footer", "ftr", page));
    assertThat(text(read)).containsOnlyOnce("QP-31").doesNotContain("Page").doesNotContain("7");
  }

  @Test
  void charts_are_rows_with_labels_and_drawings_are_lists() throws IOException {
    String points =
        "<c:strCache><c:pt idx=\"0\"><c:v>%s</c:v></c:pt><c:pt idx=\"1\"><c:v>%s</c:v></c:pt>"
            + "</c:strCache>";
    String chart =
        "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\""
            + " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:chart><c:title>"
            + "<c:tx><c:rich><a:p><a:r><a:t>Cargo</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt"
            + " idx=\"0\"><c:v>Coal</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef>"
            + points.formatted("2025", "2026")
            + "</c:strRef></c:cat><c:val><c:numRef>"
            + points.formatted("340", "410").replace("strCache", "numCache")
            + "</c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>";
    String drawing =
        "<dgm:dataModel xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\""
            + " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><dgm:ptLst>"
            + "<dgm:pt modelId=\"1\"><dgm:t><a:p><a:r><a:t>Moor the ship</a:t></a:r></a:p></dgm:t>"
            + "</dgm:pt><dgm:pt modelId=\"2\"><dgm:t><a:p><a:r><a:t>Open the hold</a:t></a:r></a:p>"
            + "</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>";
    Extracted read =
        read(
            OfficeParts.word(paragraph("Figures of the harbour."))
                .withOther("charts/chart1.xml", "chart", "drawingml.chart+xml", chart)
                .withOther(
                    "diagrams/data1.xml", "diagramData", "drawingml.diagramData+xml", drawing));
    assertThat(PdfTablesTest.rows(read))
        .containsExactly("Cargo: 2025 | Coal: 340", "Cargo: 2026 | Coal: 410");
    assertThat(text(read)).contains("- Moor the ship").contains("- Open the hold");
  }

  @Test
  void a_header_of_several_rows_names_each_column() throws IOException {
    String table =
        "<w:tbl><w:tr>"
            + cell("<w:vMerge w:val=\"restart\"/>", "Route")
            + cell("<w:gridSpan w:val=\"2\"/>", "Fare")
            + "</w:tr><w:tr>"
            + cell("<w:vMerge/>", "")
            + cell("", "First")
            + cell("", "Second")
            + "</w:tr><w:tr>"
            + cell("", "Hull to Leith")
            + cell("", "110")
            + cell("", "70")
            + "</w:tr></w:tbl>";
    assertThat(PdfTablesTest.rows(read(OfficeParts.word(table))))
        .containsExactly("Route: Hull to Leith | Fare First: 110 | Fare Second: 70");
  }

  private static OfficeParts numbered(String body, String levels) {
    return OfficeParts.word(body)
        .with(
            "numbering.xml",
            "numbering",
            "numbering",
            "<w:abstractNum w:abstractNumId=\"0\">"
                + levels
                + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>")
        .with(
            "styles.xml",
            "styles",
            "styles",
            style("Heading1", "heading 1", 0) + style("Heading2", "heading 2", 1));
  }

  private static String style(String id, String name, int level) {
    return ("<w:style w:type=\"paragraph\" w:styleId=\"%s\"><w:name w:val=\"%s\"/><w:pPr><w:numPr>"
            + "<w:ilvl w:val=\"%d\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>")
        .formatted(id, name, level);
  }

  private static String level(int level, String format, String text) {
    return ("<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"%s\"/>"
            + "<w:lvlText w:val=\"%s\"/></w:lvl>")
        .formatted(level, format, text);
  }

  private static String item(int list, int level, String text) {
    return ("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"%d\"/></w:numPr></w:pPr>"
            + "%s</w:p>")
        .formatted(level, list, run("", text));
  }

  private static String heading(String text, int level) {
    return "<w:p><w:pPr><w:pStyle w:val=\"Heading%d\"/></w:pPr>%s</w:p>"
        .formatted(level + 1, run("", text));
  }

  private static String paragraph(String text) {
    return "<w:p>" + run("", text) + "</w:p>";
  }

  private static String cell(String properties, String text) {
    return "<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>"
        .formatted(properties, text.isEmpty() ? "<w:p/>" : paragraph(text));
  }

  private static String run(String properties, String text) {
    return "<w:r><w:rPr>%s</w:rPr><w:t xml:space=\"preserve\">%s</w:t></w:r>"
        .formatted(properties, text);
  }

  private static List<String> headings(Extracted extracted) {
    return content(extracted).blocks().stream()
        .filter(Block.Heading.class::isInstance)
        .map(block -> ((Block.Heading) block).text())
        .toList();
  }

  private Extracted read(OfficeParts parts) throws IOException {
    Sample sample = parts.named("a.docx");
    Path file = Files.createTempFile(directory, "word", ".docx");
    Files.write(file, sample.bytes());
    return new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
  }
}
