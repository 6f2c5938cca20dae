package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.notes;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file shows to its reader, though its own text says it otherwise or not at all. */
class ShownValuesTest {
  private final Path directory;

  ShownValuesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void fields_of_a_form_on_a_page_show_their_values_but_for_passwords() throws IOException {
    Extracted read =
        page(
            "<p><input type=checkbox checked> insured <input type=checkbox> abroad</p>"
                + "<p>Gate <select><option>north<option selected>south</select></p>"
                + "<p>Plate <input value='HB-771'> <input type=password value=mellon>"
                + "<input type=hidden value=token9></p>");
    assertThat(text(read))
        .contains("☑ insured ☐ abroad")
        .contains("Gate south")
        .contains("Plate HB-771")
        .doesNotContain("mellon")
        .doesNotContain("token9")
        .doesNotContain("north");
    assertThat(notes(read)).contains("1 password field was left out");
  }

  @ParameterizedTest
  @CsvSource({
    "start=3, '3. rope', '4. hook'",
    "type=a, 'a. rope', 'b. hook'",
    "type=I start=4, 'IV. rope', 'V. hook'",
    "reversed, '2. rope', '1. hook'"
  })
  void lists_of_a_page_are_numbered_as_it_says(String list, String first, String second)
      throws IOException {
    Extracted read = page("<ol " + list + "><li>rope</li><li>hook</li></ol>");
    assertThat(text(read)).contains(first).contains(second);
  }

  @Test
  void an_item_may_say_its_own_number() throws IOException {
    Extracted read = page("<ol><li>rope<li value=9>hook<li>chain</ol>");
    assertThat(text(read)).contains("1. rope").contains("9. hook").contains("10. chain");
  }

  @Test
  void formulas_of_a_page_stand_on_one_line_and_readings_in_brackets() throws IOException {
    Extracted read =
        page(
            "<p>So"
                + " <math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac></math>"
                + " and <math><msup><mi>x</mi><mn>2</mn></msup></math> and"
                + " <math><msqrt><mi>y</mi></msqrt></math>.</p>"
                + "<p><ruby>港湾<rp>(</rp><rt>こうわん</rt><rp>)</rp></ruby></p>");
    assertThat(text(read)).contains("So (a+1)/b and x² and √(y).").contains("港湾（こうわん）");
  }

  @Test
  void raised_digits_breaks_and_words_taken_back_in_markdown_are_read() throws IOException {
    Extracted read =
        read(
            "a.md",
            """
            # Wells {#wells}

            About 10<sup>5</sup> and 10^7^ cells.

            The fee is <del>nine</del> eleven euros.

            | No | Load<br>in t |
            |---|---|
            | K1 | 12 |
            """);
    assertThat(text(read))
        .contains("About 10⁵ and 10⁷ cells.")
        .contains("The fee is eleven euros.")
        .doesNotContain("nine")
        .doesNotContain("#wells");
    assertThat(rows(read)).containsExactly("[No, Load in t] [K1, 12]");
  }

  @Test
  void few_western_letters_in_a_table_are_no_damaged_utf8() throws IOException {
    byte[] bytes =
        "Name;Betrag;Datum\r\nMüller;1.234,50;03.04.2026\r\nJörg Weiss;12,00;05.06.2026\r\n"
            .getBytes(Charset.forName("windows-1252"));
    assertThat(rows(read("a.csv", bytes)))
        .containsExactly(
            "[Name, Betrag, Datum] [Müller, 1.234,50, 03.04.2026]",
            "[Name, Betrag, Datum] [Jörg Weiss, 12,00, 05.06.2026]");
  }

  @Test
  void labels_with_values_above_a_table_are_not_its_header() throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook()) {
      XSSFSheet sheet = workbook.createSheet("泵房");
      row(sheet, 0, "泵房巡检表");
      row(sheet, 1, "编制单位：设备科", "", "", "日期：2026-03-01");
      row(sheet, 2, "泵号", "流量", "", "备注");
      row(sheet, 3, "", "上午", "下午", "");
      row(sheet, 4, "P1", "12.5", "13", "正常");
      row(sheet, 5, "P2", "0", "", "停机");
      for (String merged : List.of("B3:C3", "A3:A4", "D3:D4")) {
        sheet.addMergedRegion(CellRangeAddress.valueOf(merged));
      }
      Extracted read = read("a.xlsx", bytes(workbook));
      assertThat(text(read)).contains("编制单位：设备科 日期：2026-03-01");
      assertThat(rows(read))
          .containsExactly(
              "[泵号, 流量 上午, 流量 下午, 备注] [P1, 12.5, 13, 正常]", "[泵号, 流量 上午, 流量 下午, 备注] [P2, 0, , 停机]");
    }
  }

  @Test
  void a_mail_written_as_a_page_is_read_as_it_is_shown() throws IOException {
    Extracted read =
        read(
            "a.eml",
            "From: Zoe <z@x.example>\r\nTo: y@x.example\r\nSubject: Offer\r\n"
                + "Date: Tue, 3 Mar 2026 00:10:00 +0800\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/html; charset=utf-8\r\n\r\n"
                + "<p>The last offer is <s>900</s> 880 euros for 10<sup>3</sup> pieces.</p>"
                + "<div style=\"display:none\">The floor price is 700.</div>");
    assertThat(text(read))
        .contains("The last offer is 880 euros for 10³ pieces.")
        .doesNotContain("700");
    assertThat(notes(read)).contains("1 hidden part was left out");
  }

  @Test
  void a_workbook_of_97_with_a_chart_is_read_to_its_end_and_values_without_format_are_not_shown()
      throws IOException {
    try (InputStream workbook =
        Objects.requireNonNull(ShownValuesTest.class.getResourceAsStream("/reading/cargo.xls"))) {
      Extracted read = read("cargo.xls", workbook.readAllBytes());
      assertThat(rows(read))
          .contains(
              "[Month, Coal, Grain] [Feb, 20, 7]",
              "[姓名, 语文, 数学, , 姓名, 语文, 数学] [张三, 90, 80, , 李四, 70, 60]",
              "[品名, 规格, 单价] [螺栓, M6, ¥1.50]");
      assertThat(text(read)).doesNotContain("77");
      assertThat(notes(read)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"';;;', 5, ''", "'0;-0;', 0, ''", "'0;-0;', 7, 7", "'0;;', -3, ''", "'0;;', 4, 4"})
  void a_format_may_show_nothing_of_some_values(String format, double value, String shown)
      throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook()) {
      XSSFSheet sheet = workbook.createSheet("Sums");
      row(sheet, 0, "Part", "Price", "Unit");
      row(sheet, 1, "Rope", "", "m");
      var row = sheet.getRow(1);
      var style = workbook.createCellStyle();
      style.setDataFormat(workbook.createDataFormat().getFormat(format));
      row.createCell(1).setCellValue(value);
      row.getCell(1).setCellStyle(style);
      assertThat(rows(read("a.xlsx", bytes(workbook))))
          .containsExactly("[Part, Price, Unit] [Rope, " + shown + ", m]");
    }
  }

  @Test
  void a_form_of_labels_and_values_has_no_names_of_columns() throws IOException {
    Extracted read =
        page(
            "<table><tr><td>姓 名</td><td>李雷</td><td>性 别</td><td>男</td></tr>"
                + "<tr><td>住 址</td><td colspan=3>海港路 7 号</td></tr>"
                + "<tr><td>电 话</td><td>5550100</td><td>邮 编</td><td>200120</td></tr></table>"
                + "<table><tr><td>Name:</td><td>Ann</td><td>Berth:</td></tr>"
                + "<tr><td>Phone:</td><td>5550199</td><td>7</td></tr></table>");
    assertThat(rows(read))
        .containsExactly(
            "[] [姓 名, 李雷, 性 别, 男]",
            "[] [住 址, 海港路 7 号, 海港路 7 号, 海港路 7 号]",
            "[] [电 话, 5550100, 邮 编, 200120]",
            "[] [Name:, Ann, Berth:]",
            "[] [Phone:, 5550199, 7]");
  }

  @Test
  void a_table_with_a_wide_first_value_keeps_the_names_of_its_columns() throws IOException {
    Extracted read =
        page(
            "<table><tr><td>Part<td>May<td>June<td>July</tr>"
                + "<tr><td>Rope<td colspan=3>not sold</tr>"
                + "<tr><td>Hook<td>5<td>6<td>7</tr></table>"
                + "<table><tr><td>航线<td>周一<td>周二<td>周三</tr>"
                + "<tr><td>东线<td colspan=3>停航</tr><tr><td>西线<td>开<td>停<td>开</tr>"
                + "<tr><td>南线<td>开<td>开<td>停</tr><tr><td>北线<td>停<td>停<td>开</tr>"
                + "<tr><td>环线<td>停<td>开<td>开</tr></table>");
    assertThat(rows(read))
        .containsExactly(
            "[Part, May, June, July] [Rope, not sold, not sold, not sold]",
            "[Part, May, June, July] [Hook, 5, 6, 7]",
            "[航线, 周一, 周二, 周三] [东线, 停航, 停航, 停航]",
            "[航线, 周一, 周二, 周三] [西线, 开, 停, 开]",
            "[航线, 周一, 周二, 周三] [南线, 开, 开, 停]",
            "[航线, 周一, 周二, 周三] [北线, 停, 停, 开]",
            "[航线, 周一, 周二, 周三] [环线, 停, 开, 开]");
  }

  @Test
  void a_row_of_one_cell_inside_a_table_stays_at_its_place() throws IOException {
    Extracted read =
        page(
            "<table><tr><th>Item<th>Price</tr><tr><td>Rope<td>5</tr>"
                + "<tr><td colspan=2>Imported</tr><tr><td>Hook<td>7</tr></table>");
    assertThat(content(read).blocks().stream().map(block -> text(block)))
        .containsExactly("Item Price\nRope 5", "Imported", "Item Price\nHook 7");
  }

  @Test
  void formulas_that_nobody_computed_are_counted() throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook()) {
      XSSFSheet sheet = workbook.createSheet("Sums");
      row(sheet, 0, "Part", "Price");
      row(sheet, 1, "Rope", "5");
      sheet.createRow(2).createCell(1).setCellFormula("SUM(B2:B2)");
      assertThat(notes(read("a.xlsx", bytes(workbook)))).contains("1 formula has no stored value");
    }
  }

  private static void row(XSSFSheet sheet, int number, String... cells) {
    var row = sheet.createRow(number);
    for (int i = 0; i < cells.length; i++) {
      row.createCell(i).setCellValue(cells[i]);
    }
  }

  private static byte[] bytes(XSSFWorkbook workbook) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    workbook.write(bytes);
    return bytes.toByteArray();
  }

  private Extracted page(String body) throws IOException {
    return read("a.html", "<!DOCTYPE html><html><body>" + body + "</body></html>");
  }

  private Extracted read(String name, String text) throws IOException {
    return read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Extracted read(String name, byte[] bytes) throws IOException {
    Path file = Files.write(Files.createTempFile(directory, "shown", ".bin"), bytes);
    return new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, name);
  }

  private static List<String> rows(Extracted read) {
    return content(read).blocks().stream()
        .filter(Block.Row.class::isInstance)
        .map(Block.Row.class::cast)
        .map(row -> row.header() + " " + row.cells())
        .toList();
  }
}
