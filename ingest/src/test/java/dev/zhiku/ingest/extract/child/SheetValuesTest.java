package dev.zhiku.ingest.extract.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.ExtractorContract;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of sheets as people see them. */
class SheetValuesTest {
  private final Path directory;

  SheetValuesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "46119|yyyy\"年\"m\"月\"d\"日\"|2026年4月7日",
        "46119|yyyy\"年\"mm\"月\"dd\"日\";@|2026年04月07日",
        "46119|[$-804]yyyy\"年\"m\"月\"d\"日\";@|2026年4月7日",
        "46119|yyyy\\年m\\月d\\日|2026年4月7日",
        "46119|yyyy年m月d日|2026年4月7日",
        "46119|[$-804]aaaa|星期二",
        "46119|[$-804]aaaa;@|星期二",
        "46119|[$-zh-CN]aaaa|星期二",
        "46119|\"周\"aaa|周二",
        "46119|m\"月\"d\"日\" aaaa|4月7日 星期二",
        "46119|dddd|Tuesday",
        "46119|[$-804]dddd|星期二",
        "46119|[$-409]d-mmm-yy;@|7-Apr-26",
        "46119|[$-F800]dddd, mmmm dd, yyyy|Tuesday, April 07, 2026",
        "46119|e\"年\"m\"月\"|2026年4月",
        "46119|yyyy-mm-dd|2026-04-07",
        "46119|[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"|二〇二六年四月七日",
        "46380|[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"|二〇二六年十二月二十四日",
        "46380|[DBNum1]m\"月\"d\"日\"|十二月二十四日",
        "0.6041666667|h\"时\"mm\"分\"|14时30分",
        "0.6041666667|上午/下午h\"时\"mm\"分\"|下午2时30分",
        "0.6041666667|[$-804]AM/PM h:mm|下午 2:30",
        "0.6041666667|h:mm AM/PM|2:30 PM",
        "46119.6041666667|yyyy/m/d h:mm|2026/4/7 14:30",
        "1.5|[h]:mm|36:00",
        "1.5|[h]\"小时\"mm\"分\"|36小时00分",
        "0.0105324074|mm:ss.0|15:10.0",
        "1234|[DBNum1][$-804]General|一千二百三十四",
        "10010|[DBNum2][$-804]General|壹万零壹拾",
        "12500|[DBNum2][$-804]General\"元整\"|壹万贰仟伍佰元整",
        "12345|0!.0,\"万\"|1.2万",
        "123456|0\\.0,\"千\"|12.3千",
        "13800138000|000\\-0000\\-0000|138-0013-8000",
        "13800138000|000-0000-0000|138-0013-8000",
        "1.5|# ?/?|1 1/2",
        "12345|0.00E+00|1.23E+04",
        "12|0\"元\"|12元",
        "1234.5|#,##0.00\"元/吨\"|1,234.50元/吨",
        "1234.5|[$¥-804]#,##0.00|¥1,234.50",
        "0.125|0.0%|12.5%",
        "6|\"第\"0\"组\"|第6组",
        "1234|0.0,\"千\"|1.2千",
        "1234567|0.00,,\"M\"|1.23M",
        "1234567|#,##0.0,\"k\"|1,234.6k",
        "1234567|#,##0.0,\\k|1,234.6k",
        "123456789|#,##0,,|123",
        "-1234567|#,##0,;(#,##0,)|(1,235)",
        "-2500|0.0,\"千\";-0.0,\"千\"|-2.5千",
        "-2500|0.0,\"千\"|-2.5千",
        "0|0.0,\"千\";-0.0,\"千\";\"无\"|无",
        "1500|[>=1000]0.0,\"千\";0|1.5千",
        "150|[>=1000]0.0,\"千\";0|150",
        "-150|[>=1000]0.0,\"千\";0|-150",
        "2500000|[>=1000000]0.0,,\"M\";[>=1000]0.0,\"k\";0|2.5M",
        "2500|[>=1000000]0.0,,\"M\";[>=1000]0.0,\"k\";0|2.5k",
        "25|[>=1000000]0.0,,\"M\";[>=1000]0.0,\"k\";0|25",
        "3|\"无\"|无",
        "0.25|0%\"占比\"|25%占比",
        "0.256|\"约\"0.0%|约25.6%",
        "123.45|[DBNum2][$-804]General|壹佰贰拾叁.肆伍",
        "0.5|[DBNum1][$-804]General|零.五"
      })
  void a_value_is_shown_by_its_format(double value, String format, String shown)
      throws IOException {
    for (Workbook workbook : List.of(new XSSFWorkbook(), new HSSFWorkbook())) {
      CellStyle style = workbook.createCellStyle();
      style.setDataFormat(workbook.createDataFormat().getFormat(format));
      assertThat(shown(workbook, value, style)).as(format).isEqualTo(shown);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "14,2026/4/7",
    "22,2026/4/7 6:00",
    "27,2026年4月",
    "28,4月7日",
    "29,4月7日",
    "30,2026-4-7",
    "31,2026年4月7日",
    "32,6时00分",
    "33,6时00分00秒",
    "34,上午6时00分",
    "35,上午6时00分00秒",
    "36,2026年4月",
    "50,2026年4月",
    "51,4月7日",
    "52,2026年4月",
    "53,4月7日",
    "54,4月7日",
    "55,上午6时00分",
    "56,上午6时00分00秒",
    "57,2026年4月",
    "58,4月7日"
  })
  void a_format_known_by_its_number_alone_is_a_date(short number, String shown) throws IOException {
    for (Workbook workbook : List.of(new XSSFWorkbook(), new HSSFWorkbook())) {
      CellStyle style = workbook.createCellStyle();
      style.setDataFormat(number);
      assertThat(shown(workbook, 46119.25, style)).as(workbook.toString()).isEqualTo(shown);
    }
  }

  @Test
  void a_formula_is_shown_as_its_value() throws IOException {
    for (Workbook workbook : List.of(new XSSFWorkbook(), new HSSFWorkbook())) {
      Row row = workbook.createSheet("Dates").createRow(0);
      row.createCell(0).setCellValue("到期");
      Cell cell = row.createCell(1);
      cell.setCellFormula("DATE(2026,4,7)");
      CellStyle style = workbook.createCellStyle();
      style.setDataFormat((short) 31);
      cell.setCellStyle(style);
      workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
      assertThat(rows(workbook).getFirst().cells()).containsExactly("到期", "2026年4月7日");
    }
  }

  @Test
  void days_may_be_counted_from_1904() throws IOException {
    XSSFWorkbook workbook = new XSSFWorkbook();
    workbook.getCTWorkbook().addNewWorkbookPr().setDate1904(true);
    CellStyle style = workbook.createCellStyle();
    style.setDataFormat((short) 31);
    assertThat(shown(workbook, 44657, style)).isEqualTo("2026年4月7日");
  }

  private String shown(Workbook workbook, double value, CellStyle style) throws IOException {
    Row row = workbook.createSheet("Values").createRow(0);
    row.createCell(0).setCellValue("名称");
    Cell cell = row.createCell(1);
    cell.setCellValue(value);
    cell.setCellStyle(style);
    return rows(workbook).getFirst().cells().get(1);
  }

  private List<Block.Row> rows(Workbook workbook) throws IOException {
    Path file = Files.createTempFile(directory, "values", ".xls");
    try (OutputStream out = Files.newOutputStream(file);
        workbook) {
      workbook.write(out);
    }
    Extracted extracted =
        new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, "values.xls");
    return ExtractorContract.content(extracted).blocks().stream()
        .filter(Block.Row.class::isInstance)
        .map(Block.Row.class::cast)
        .toList();
  }
}
