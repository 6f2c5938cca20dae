package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.notes;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Word documents hold in other places than plain runs of words. */
class WordDocumentsTest {
  private static final String RELATIONS = "http://schemas.openxmlformats.org/package/2006/";

  private final Path directory;

  WordDocumentsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void rows_and_cells_in_content_controls_and_custom_xml_are_read() throws IOException {
    String control =
        "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>";
    String body =
        "<w:tbl>"
            + row("", cell("", "Part"), cell("", "Price"))
            + control.formatted(control.formatted(row("", cell("", "Belt"), cell("", "34 euros"))))
            + row("", cell("", "Lid"), control.formatted(cell("", "9 euros")))
            + "</w:tbl><w:customXml w:element=\"e\">"
            + paragraph("The gasket costs 21 euros.")
            + "</w:customXml><w:p><w:smartTag w:element=\"e\">"
            + run("", "下沙")
            + "</w:smartTag>"
            + run("", "路")
            + "</w:p>";
    Extracted read = read(body);
    assertThat(rows(read)).contains(List.of("Belt", "34 euros"), List.of("Lid", "9 euros"));
    assertThat(text(read)).contains("The gasket costs 21 euros.", "下沙路");
  }

  @Test
  void merged_cells_get_the_value_they_belong_to() throws IOException {
    String body =
        "<w:tbl>"
            + row("", cell("", "柜号"), cell("", "层"), cell("", "试剂"))
            + row("", cell("<w:vMerge w:val=\"restart\"/>", "酸柜"), cell("", "上"), cell("", "盐酸"))
            + row("", cell("<w:vMerge/>", ""), cell("", "下"), cell("", "硫酸"))
            + row("", cell("", "碱柜"), cell("<w:gridSpan w:val=\"2\"/>", "空"))
            + "</w:tbl>";
    assertThat(rows(read(body)))
        .containsExactly(
            List.of("酸柜", "上", "盐酸"), List.of("酸柜", "下", "硫酸"), List.of("碱柜", "空", "空"));
  }

  @Test
  void hidden_words_are_left_out_and_named() throws IOException {
    Extracted read =
        read(
            "<w:p>"
                + run("", "报价一万二千元。")
                + run("<w:vanish/>", "底价七千九百元。")
                + run("<w:vanish w:val=\"false\"/>", "含税。")
                + "</w:p>");
    assertThat(text(read)).isEqualTo("报价一万二千元。含税。");
    assertThat(notes(read)).contains("1 hidden part was left out");
  }

  @Test
  void raised_numbers_stay_raised_and_lowered_ones_read_on() throws IOException {
    String raised = "<w:vertAlign w:val=\"superscript\"/>";
    String lowered = "<w:vertAlign w:val=\"subscript\"/>";
    assertThat(
            text(
                read(
                    "<w:p>"
                        + run("", "3×10")
                        + run(raised, "-7")
                        + run("", " m")
                        + run(raised, "3")
                        + run("", " H")
                        + run(lowered, "2")
                        + run("", "O, the 1")
                        + run(raised, "st")
                        + "</w:p>")))
        .isEqualTo("3×10⁻⁷ m³ H2O, the 1st");
  }

  @Test
  void formulas_are_text_on_one_line() throws IOException {
    String body =
        "<m:oMathPara><m:oMath>"
            + math("Q=")
            + "<m:f><m:num>"
            + math("a+b")
            + "</m:num><m:den>"
            + math("2")
            + "</m:den></m:f><m:sSup><m:e>"
            + math("v")
            + "</m:e><m:sup>"
            + math("2")
            + "</m:sup></m:sSup><m:rad><m:deg/><m:e>"
            + math("x+1")
            + "</m:e></m:rad></m:oMath></m:oMathPara>";
    assertThat(text(read("<w:p>" + run("", "It is ") + body + "</w:p>")))
        .isEqualTo("It is Q=(a+b)/2v²√(x+1)");
  }

  @ParameterizedTest
  @CsvSource({
    "Wingdings 2,F052,☑",
    "Wingdings 2,F0A3,☐",
    "Wingdings,F0FE,☑",
    "Wingdings,F0A8,☐",
    "Wingdings,F06F,☐",
    "Wingdings,00FC,✓",
    "Wingdings,F0FD,☒",
    "Symbol,F0B1,±",
    "Symbol,F061,α",
    "MS Gothic,2612,☒"
  })
  void signs_of_symbol_fonts_are_kept(String font, String code, String sign) throws IOException {
    assertThat(
            text(
                read(
                    "<w:p><w:r><w:sym w:font=\"%s\" w:char=\"%s\"/></w:r>%s</w:p>"
                        .formatted(font, code, run("", "是")))))
        .isEqualTo(sign + "是");
  }

  private static String math(String text) {
    return "<m:r><m:t>" + text + "</m:t></m:r>";
  }

  private static String run(String properties, String text) {
    return "<w:r><w:rPr>%s</w:rPr><w:t xml:space=\"preserve\">%s</w:t></w:r>"
        .formatted(properties, text);
  }

  private static String paragraph(String text) {
    return "<w:p>" + run("", text) + "</w:p>";
  }

  private static String cell(String properties, String text) {
    return "<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>"
        .formatted(properties, text.isEmpty() ? "<w:p/>" : paragraph(text));
  }

  private static String row(String properties, String... cells) {
    return "<w:tr>" + properties + String.join("", cells) + "</w:tr>";
  }

  private static List<List<String>> rows(Extracted extracted) {
    return ExtractorContract.content(extracted).blocks().stream()
        .filter(Block.Row.class::isInstance)
        .map(block -> ((Block.Row) block).cells())
        .toList();
  }

  private Extracted read(String body) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        """
        <Types xmlns="%scontent-types"><Default Extension="rels"
         ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/word/document.xml" ContentType=
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
        """
            .formatted(RELATIONS));
    parts.put(
        "_rels/.rels",
        """
        <Relationships xmlns="%srelationships"><Relationship Id="r1" Target="word/document.xml"
         Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
        </Relationships>
        """
            .formatted(RELATIONS));
    parts.put(
        "word/document.xml",
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
            + " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><w:body>"
            + body
            + "<w:sectPr/></w:body></w:document>");
    Path file = Files.createTempFile(directory, "word", ".docx");
    Files.write(file, TestFiles.zip("a.docx", parts).bytes());
    return new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, "a.docx");
  }
}
