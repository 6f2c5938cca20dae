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
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that its author hid. */
class HiddenTextTest {
  private final Path directory;

  HiddenTextTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p style='display:none'>secret</p>",
        "<div style=\"color:red; DISPLAY : none !important\"><p>secret</p></div>",
        "<span style='visibility:hidden'>secret</span>",
        "<p hidden>secret</p>",
        "<table><tr><td>a</td><td style='display: none'>secret</td></tr></table>",
        "<span style='font-size:0'>secret</span>"
      })
  void a_hidden_part_of_a_page_is_left_out_and_named(String hidden) throws IOException {
    Extracted page = read(Sample.ofText("a.html", "<html><body><p>末班 19:20</p>" + hidden));
    assertThat(text(page)).contains("19:20").doesNotContain("secret");
    assertThat(content(page).notes().toString())
        .contains("1 hidden part was left out", "有 1 处隐藏内容未读取");
  }

  @Test
  void text_in_small_or_pale_letters_is_not_hidden() throws IOException {
    Extracted page =
        read(
            Sample.ofText(
                "a.html",
                "<html><body><p style='font-size:0.8em;opacity:0.5;display:block'>shown</p>"));
    assertThat(text(page)).contains("shown");
    assertThat(notes(page)).isEmpty();
  }

  @Test
  void struck_out_words_of_a_page_are_left_out_and_named() throws IOException {
    Extracted page =
        read(Sample.ofText("a.html", "<html><body><p>票价<del>二十元</del><ins>二十八元</ins>"));
    assertThat(text(page)).contains("票价二十八元").doesNotContain("二十元");
    assertThat(notes(page)).contains("struck out in 1 place");
  }

  @Test
  void hidden_sheets_rows_and_columns_are_left_out_and_named() throws IOException {
    for (Workbook workbook : List.of(new XSSFWorkbook(), new HSSFWorkbook())) {
      Sheet prices = workbook.createSheet("Prices");
      fill(prices, List.of("Part", "Cost", "Price"));
      fill(prices, List.of("Pump", "secret", "12"));
      fill(prices, List.of("Valve", "secret", "secret")).setZeroHeight(true);
      fill(prices, List.of("Hose", "", "9"));
      prices.setColumnHidden(1, true);
      fill(workbook.createSheet("Old"), List.of("secret"));
      fill(workbook.createSheet("Older"), List.of("secret"));
      workbook.setSheetVisibility(1, SheetVisibility.HIDDEN);
      workbook.setSheetVisibility(2, SheetVisibility.VERY_HIDDEN);
      Extracted read = read(saved(workbook));
      assertThat(text(read)).contains("Pump", "Hose").doesNotContain("secret", "Valve");
      assertThat(content(read).notes().toString())
          .contains("2 hidden sheets were left out", "1 hidden row was", "1 hidden column was")
          .contains("有 2 个工作表被隐藏，未读取");
    }
  }

  private static Row fill(Sheet sheet, List<String> cells) {
    Row row = sheet.createRow(sheet.getPhysicalNumberOfRows());
    for (int c = 0; c < cells.size(); c++) {
      row.createCell(c).setCellValue(cells.get(c));
    }
    return row;
  }

  private static Sample saved(Workbook workbook) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (workbook) {
      workbook.write(bytes);
    }
    return Sample.of("table.xls", bytes.toByteArray());
  }

  private Extracted read(Sample sample) throws IOException {
    Path file = Files.createTempFile(directory, "hidden", ".bin");
    Files.write(file, sample.bytes());
    return new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
  }
}
