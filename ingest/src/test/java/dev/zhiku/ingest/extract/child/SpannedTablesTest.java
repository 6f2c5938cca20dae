package dev.zhiku.ingest.extract.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose cells span rows and columns. */
class SpannedTablesTest {
  private final Path directory;

  SpannedTablesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void a_header_of_groups_names_each_column_by_both_its_rows() throws IOException {
    assertThat(
            html(
                "<tr><th rowspan=2>Route</th><th colspan=2>Fare</th></tr>"
                    + "<tr><th>First</th><th>Second</th></tr>"
                    + "<tr><td>A-B</td><td>176</td><td>110</td></tr>"))
        .containsExactly("Route: A-B | Fare First: 176 | Fare Second: 110");
    assertThat(
            html(
                "<tr><td rowspan=2>区间</td><td colspan=2>票价</td></tr>"
                    + "<tr><td>一等座</td><td>二等座</td></tr>"
                    + "<tr><td>甲-乙</td><td>176</td><td>110</td></tr>"))
        .containsExactly("区间: 甲-乙 | 票价 一等座: 176 | 票价 二等座: 110");
  }

  @Test
  void three_rows_of_a_header_are_joined() throws IOException {
    assertThat(
            html(
                "<thead><tr><td rowspan=3>地区</td><td colspan=4>产量</td></tr>"
                    + "<tr><td colspan=2>2025</td><td colspan=2>2026</td></tr>"
                    + "<tr><td>上半年</td><td>下半年</td><td>上半年</td><td>下半年</td></tr></thead>"
                    + "<tbody><tr><td>东</td><td>1</td><td>2</td><td>3</td><td>4</td></tr></tbody>"))
        .containsExactly(
            "地区: 东 | 产量 2025 上半年: 1 | 产量 2025 下半年: 2 | 产量 2026 上半年: 3 | 产量 2026 下半年: 4");
  }

  @Test
  void a_value_that_spans_rows_stands_in_each_of_them() throws IOException {
    assertThat(
            html(
                "<tr><th>Floor</th><th>Name</th><th>Shift</th></tr>"
                    + "<tr><td rowspan=2>Third</td><td>Ann</td><td>day</td></tr>"
                    + "<tr><td>Ben</td><td>night</td></tr>"
                    + "<tr><td>Fourth</td><td>Cem</td><td>day</td></tr>"))
        .containsExactly(
            "Floor: Third | Name: Ann | Shift: day",
            "Floor: Third | Name: Ben | Shift: night",
            "Floor: Fourth | Name: Cem | Shift: day");
  }

  @Test
  void a_value_that_spans_columns_stands_in_each_and_a_label_once() throws IOException {
    assertThat(
            html(
                "<tr><th>Room</th><th>Mon</th><th>Tue</th></tr>"
                    + "<tr><td>R1</td><td colspan=2>closed</td></tr>"
                    + "<tr><td colspan=2>Total</td><td>3</td></tr>"))
        .containsExactly("Room: R1 | Mon: closed | Tue: closed", "Room: Total | Tue: 3");
  }

  @Test
  void a_form_with_a_wide_first_value_has_no_header_of_groups() throws IOException {
    assertThat(
            html(
                "<tr><td>项目</td><td colspan=3>桂花</td></tr>"
                    + "<tr><td>负责人</td><td>李四</td><td>电话</td><td>123</td></tr>"))
        .containsExactly("项目 | 桂花 | 桂花 | 桂花", "负责人 | 李四 | 电话 | 123");
  }

  @Test
  void an_empty_cell_keeps_its_place_below_a_span() throws IOException {
    assertThat(
            html(
                "<tr><th>A</th><th>B</th><th>C</th></tr>"
                    + "<tr><td></td><td rowspan=2>x</td><td></td></tr>"
                    + "<tr><td>1</td><td>2</td></tr>"))
        .containsExactly("B: x", "A: 1 | B: x | C: 2");
  }

  @Test
  void merged_cells_of_sheets_belong_to_each_of_their_rows() throws IOException {
    for (Workbook workbook : List.of(new XSSFWorkbook(), new HSSFWorkbook())) {
      Sheet sheet = workbook.createSheet("班次");
      fill(
          sheet,
          List.of("一车间排班表"),
          List.of("车间", "班次", "组长", ""),
          List.of("", "", "姓名", "电话"),
          List.of("冲压", "早班", "邢小满", "12"),
          List.of("", "中班", "邢大满", "13"),
          List.of("焊接", "早班", "邢中满", "14"));
      for (String range : List.of("A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:A5")) {
        sheet.addMergedRegion(CellRangeAddress.valueOf(range));
      }
      assertThat(rows(saved(workbook)))
          .containsExactly(
              "车间: 冲压 | 班次: 早班 | 组长 姓名: 邢小满 | 组长 电话: 12",
              "车间: 冲压 | 班次: 中班 | 组长 姓名: 邢大满 | 组长 电话: 13",
              "车间: 焊接 | 班次: 早班 | 组长 姓名: 邢中满 | 组长 电话: 14");
    }
  }

  @Test
  void a_header_of_groups_may_leave_cells_unmerged_above_or_below() throws IOException {
    for (Workbook workbook : List.of(new XSSFWorkbook(), new HSSFWorkbook())) {
      Sheet sheet = workbook.createSheet("Fares");
      fill(
          sheet,
          List.of("Route", "Fare", "", "Note"),
          List.of("", "First", "Second", ""),
          List.of("A-B", "176", "110", "daily"));
      sheet.addMergedRegion(CellRangeAddress.valueOf("B1:C1"));
      assertThat(rows(saved(workbook)))
          .containsExactly("Route: A-B | Fare First: 176 | Fare Second: 110 | Note: daily");
    }
  }

  @Test
  void spans_of_open_document_tables_are_kept() throws IOException {
    String rows =
        row(cell("", "柜号"), cell("", "层"), cell("", "试剂"))
            + row(cell("table:number-rows-spanned=\"2\"", "酸柜"), cell("", "上"), cell("", "盐酸"))
            + row("<table:covered-table-cell/>", cell("", "下"), cell("", "硫酸"));
    String content =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <office:document-content
          xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
          xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
          xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
         <office:body><office:text><table:table table:name="T">%s</table:table></office:text>
         </office:body></office:document-content>
        """
            .formatted(rows);
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("mimetype", "application/vnd.oasis.opendocument.text");
    entries.put("content.xml", content);
    assertThat(rows(TestFiles.zip("table.odt", entries)))
        .containsExactly("柜号: 酸柜 | 层: 上 | 试剂: 盐酸", "柜号: 酸柜 | 层: 下 | 试剂: 硫酸");
  }

  private static String row(String... cells) {
    return "<table:table-row>" + String.join("", cells) + "</table:table-row>";
  }

  private static String cell(String attributes, String text) {
    return "<table:table-cell %s><text:p>%s</text:p></table:table-cell>"
        .formatted(attributes, text);
  }

  private static void fill(Sheet sheet, List<?>... lines) {
    for (int r = 0; r < lines.length; r++) {
      Row row = sheet.createRow(r);
      for (int c = 0; c < lines[r].size(); c++) {
        row.createCell(c).setCellValue(lines[r].get(c).toString());
      }
    }
  }

  private static Sample saved(Workbook workbook) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (workbook) {
      workbook.write(bytes);
    }
    return Sample.of("table.xls", bytes.toByteArray());
  }

  private List<String> html(String rows) throws IOException {
    return rows(
        Sample.ofText("table.html", "<html><body><table>" + rows + "</table></body></html>"));
  }

  private List<String> rows(Sample sample) throws IOException {
    Path file = Files.createTempFile(directory, "table", ".bin");
    Files.write(file, sample.bytes());
    Extracted extracted =
        new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
    return ExtractorContract.content(extracted).blocks().stream()
        .filter(Block.Row.class::isInstance)
        .map(block -> line((Block.Row) block))
        .toList();
  }

  private static String line(Block.Row row) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < row.cells().size(); i++) {
      String name = i < row.header().size() ? row.header().get(i) + ": " : "";
      if (!row.cells().get(i).isBlank()) {
        parts.add(name + row.cells().get(i));
      }
    }
    return String.join(" | ", parts);
  }
}
