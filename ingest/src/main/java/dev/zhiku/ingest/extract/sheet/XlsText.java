package dev.zhiku.ingest.extract.sheet;

import dev.zhiku.ingest.extract.Raised;
import org.apache.poi.hssf.usermodel.HSSFRichTextString;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Font;

/** The words of a cell of an XLS, with its raised numbers as such. */
final class XlsText {
  private XlsText() {}

  static String of(Cell cell) {
    String words = cell.getStringCellValue();
    if (!(cell.getRichStringCellValue() instanceof HSSFRichTextString rich)
        || rich.numFormattingRuns() == 0
        || !(cell.getSheet().getWorkbook() instanceof HSSFWorkbook workbook)) {
      return words;
    }
    StringBuilder shown = new StringBuilder();
    int end = 0;
    for (int run = 0; run < rich.numFormattingRuns(); run++) {
      int start = Math.clamp(rich.getIndexOfFormattingRun(run), end, words.length());
      boolean last = run + 1 == rich.numFormattingRuns();
      int next = last ? words.length() : rich.getIndexOfFormattingRun(run + 1);
      shown.append(words, end, start);
      end = Math.clamp(next, start, words.length());
      String text = words.substring(start, end);
      Font font = workbook.getFontAt(rich.getFontOfFormattingRun(run));
      shown.append(font.getTypeOffset() == Font.SS_SUPER ? Raised.number(text) : text);
    }
    return shown.append(words, end, words.length()).toString();
  }
}
