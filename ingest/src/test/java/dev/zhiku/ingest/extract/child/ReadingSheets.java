package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Map;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFTextBox;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Sheets and slides for the facts about reading. */
final class ReadingSheets {
  private static final LocalDateTime MARCH = LocalDateTime.of(2026, 3, 9, 0, 0);

  private ReadingSheets() {}

  static void addTo(Map<String, Sample> files) throws IOException {
    put(files, "merged-cells-stock.xlsx", stock());
    put(files, "sheet-dates-日期.xlsx", chineseDates());
    put(files, "sheet-dates-builtin.xls", builtInDates());
    put(files, "sheet-dates-values.xlsx", values());
    put(files, "hidden-text-sheet.xlsx", hidden());
    put(files, "link-targets-links.xlsx", links());
    put(files, "small-faults-margins.xlsx", margins());
    put(files, "superscripts-raised.pptx", raisedSlides());
    put(files, "link-targets-links.pptx", linkedSlides());
  }

  private static void put(Map<String, Sample> files, String name, byte[] bytes) {
    files.put(name, Sample.of(name, bytes));
  }

  private static byte[] stock() throws IOException {
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      Sheet sheet = book.createSheet("Stock");
      rows(
          sheet,
          new Object[][] {
            {"Depot", "Item", "Quarter 1", "Quarter 2"},
            {"Ulm", "Belts", 40, 55},
            {"", "Seals", 12, 9},
            {"Graz", "Belts", "", 31}
          });
      sheet.addMergedRegion(new CellRangeAddress(1, 2, 0, 0));
      return saved(book);
    }
  }

  private static byte[] chineseDates() throws IOException {
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      Sheet sheet = book.createSheet("进度");
      rows(sheet, new Object[][] {{"项目", "日期"}, {"开工"}, {"验收"}, {"例会"}, {"交班"}});
      dated(sheet, 1, MARCH, "yyyy\"年\"m\"月\"d\"日\";@");
      dated(
          sheet, 2, LocalDateTime.of(2026, 10, 8, 0, 0), "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@");
      dated(sheet, 3, LocalDateTime.of(2026, 3, 11, 0, 0), "[$-804]aaaa;@");
      dated(sheet, 4, LocalDateTime.of(2026, 3, 9, 8, 30), "h\"时\"mm\"分\";@");
      return saved(book);
    }
  }

  private static byte[] builtInDates() throws IOException {
    try (HSSFWorkbook book = new HSSFWorkbook()) {
      Sheet sheet = book.createSheet("Events");
      rows(sheet, new Object[][] {{"Event", "When"}, {"Launch"}, {"Survey"}, {"Shift"}});
      builtIn(sheet, 1, MARCH, 14);
      builtIn(sheet, 2, MARCH, 31);
      builtIn(sheet, 3, LocalDateTime.of(2026, 3, 9, 18, 45), 20);
      return saved(book);
    }
  }

  private static byte[] values() throws IOException {
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      Sheet sheet = book.createSheet("Values");
      rows(
          sheet,
          new Object[][] {
            {"Item", "Value"},
            {"Share", 0.125},
            {"Part", 2.25},
            {"Money", 1280.5},
            {"Long", 26.5 / 24}
          });
      format(sheet, 1, "0.0%");
      format(sheet, 2, "# ?/?");
      format(sheet, 3, "\"¥\"#,##0.00");
      format(sheet, 4, "[h]:mm");
      return saved(book);
    }
  }

  private static byte[] hidden() throws IOException {
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      Sheet sheet = book.createSheet("Prices");
      rows(sheet, new Object[][] {{"Part", "Price"}, {"Hose", 14}, {"Lid", 3}, {"Cap", 5}});
      sheet.getRow(2).setZeroHeight(true);
      rows(book.createSheet("Costs"), new Object[][] {{"Margin", 40}});
      book.setSheetVisibility(1, SheetVisibility.VERY_HIDDEN);
      return saved(book);
    }
  }

  private static byte[] links() throws IOException {
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      Sheet sheet = book.createSheet("Parts");
      rows(sheet, new Object[][] {{"Part", "Price", "说明"}, {"Hose", 14, "说明书"}});
      link(sheet.getRow(1).getCell(0), "https://parts.example/hose");
      link(sheet.getRow(1).getCell(2), "https://parts.example/doc.pdf");
      return saved(book);
    }
  }

  private static byte[] margins() throws IOException {
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      Sheet sheet = book.createSheet("Tariff");
      rows(sheet, new Object[][] {{"Berth", "Fee"}, {"Q1", 30}});
      sheet.getHeader().setCenter("&\"Arial,Bold\"&14Harbour tariff");
      sheet.getFooter().setLeft("内部资料");
      sheet.getFooter().setRight("&P / &N");
      return saved(book);
    }
  }

  private static byte[] raisedSlides() throws IOException {
    try (XMLSlideShow show = new XMLSlideShow()) {
      XSLFTextBox box = box(show);
      var english = box.addNewTextParagraph();
      english.addNewTextRun().setText("The pressure is 2 × 10");
      var seven = english.addNewTextRun();
      seven.setText("7");
      seven.setSuperscript(true);
      english.addNewTextRun().setText(" Pa.");
      var chinese = box.addNewTextParagraph();
      chinese.addNewTextRun().setText("含量10");
      var three = chinese.addNewTextRun();
      three.setText("-3");
      three.setSuperscript(true);
      chinese.addNewTextRun().setText("摩尔。");
      return saved(show);
    }
  }

  private static byte[] linkedSlides() throws IOException {
    try (XMLSlideShow show = new XMLSlideShow()) {
      XSLFTextBox box = box(show);
      var english = box.addNewTextParagraph().addNewTextRun();
      english.setText("the handout");
      english.createHyperlink().setAddress("https://talks.example/7.pdf");
      var chinese = box.addNewTextParagraph().addNewTextRun();
      chinese.setText("报名页");
      chinese.createHyperlink().setAddress("https://talks.example/zh");
      return saved(show);
    }
  }

  private static XSLFTextBox box(XMLSlideShow show) {
    XSLFTextBox box = show.createSlide().createTextBox();
    box.setAnchor(new Rectangle(20, 20, 600, 300));
    box.clearText();
    return box;
  }

  private static void rows(Sheet sheet, Object[][] rows) {
    for (int r = 0; r < rows.length; r++) {
      var row = sheet.createRow(r);
      for (int c = 0; c < rows[r].length; c++) {
        if (rows[r][c] instanceof Number number) {
          row.createCell(c).setCellValue(number.doubleValue());
        } else if (rows[r][c] instanceof String words && !words.isEmpty()) {
          row.createCell(c).setCellValue(words);
        }
      }
    }
  }

  private static void dated(Sheet sheet, int row, LocalDateTime value, String format) {
    sheet.getRow(row).createCell(1).setCellValue(value);
    format(sheet, row, format);
  }

  private static void format(Sheet sheet, int row, String format) {
    Workbook book = sheet.getWorkbook();
    CellStyle style = book.createCellStyle();
    style.setDataFormat(book.createDataFormat().getFormat(format));
    sheet.getRow(row).getCell(1).setCellStyle(style);
  }

  private static void builtIn(Sheet sheet, int row, LocalDateTime value, int number) {
    Cell cell = sheet.getRow(row).createCell(1);
    cell.setCellValue(value);
    CellStyle style = sheet.getWorkbook().createCellStyle();
    style.setDataFormat((short) number);
    cell.setCellStyle(style);
  }

  private static void link(Cell cell, String address) {
    var link = cell.getSheet().getWorkbook().getCreationHelper().createHyperlink(HyperlinkType.URL);
    link.setAddress(address);
    cell.setHyperlink(link);
  }

  private static byte[] saved(Workbook book) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    book.write(bytes);
    return bytes.toByteArray();
  }

  private static byte[] saved(XMLSlideShow show) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    show.write(bytes);
    return bytes.toByteArray();
  }
}
