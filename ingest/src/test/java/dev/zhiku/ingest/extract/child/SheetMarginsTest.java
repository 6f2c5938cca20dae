package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.notes;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.extract.ExtractLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers and footers of sheets, which are written in codes. */
class SheetMarginsTest {
  private final Path directory;

  SheetMarginsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void words_of_headers_are_kept_and_codes_are_not() throws IOException {
    for (String ending : List.of("xlsx", "xls")) {
      try (Workbook workbook = ending.equals("xls") ? new HSSFWorkbook() : new XSSFWorkbook()) {
        Sheet sheet = workbook.createSheet("Berths");
        sheet.createRow(0).createCell(0).setCellValue("North quay");
        sheet.getHeader().setCenter("&\"Arial,Bold\"&12Document QP-31, R&&D");
        sheet.getFooter().setLeft("&D &T");
        sheet.getFooter().setRight("Page &P of &N");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        workbook.write(bytes);
        String read = read(bytes.toByteArray(), "a." + ending);
        assertThat(read).as(ending).contains("Document QP-31, R&D").contains("North quay");
        assertThat(read).as(ending).doesNotContain("&P", "&D ", "Page", "Arial", "&12");
      }
    }
  }

  @Test
  void pictures_that_nobody_looks_at_are_counted() throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook()) {
      workbook.createSheet("Berths").createRow(0).createCell(0).setCellValue("North quay");
      workbook.addPicture(new byte[] {1, 2, 3}, Workbook.PICTURE_TYPE_PNG);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      workbook.write(bytes);
      Path file = Files.write(directory.resolve("pictures.xlsx"), bytes.toByteArray());
      assertThat(
              notes(
                  new Readers()
                      .extractor(ExtractLimits.DEFAULT, directory)
                      .extract(file, "pictures.xlsx")))
          .contains("1 picture was not read");
    }
  }

  private String read(byte[] bytes, String name) throws IOException {
    Path file = Files.write(directory.resolve(name), bytes);
    return text(new Readers().extractor(ExtractLimits.DEFAULT, directory).extract(file, name));
  }
}
