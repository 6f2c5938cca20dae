package dev.zhiku.ingest.extract.sheet;

import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.EmbeddedObject;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.LinkTarget;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.OldExcelFormatException;
import org.apache.poi.hssf.extractor.OldExcelExtractor;
import org.apache.poi.hssf.usermodel.HSSFCell;
import org.apache.poi.hssf.usermodel.HSSFComment;
import org.apache.poi.hssf.usermodel.HSSFObjectData;
import org.apache.poi.hssf.usermodel.HSSFPatriarch;
import org.apache.poi.hssf.usermodel.HSSFPicture;
import org.apache.poi.hssf.usermodel.HSSFShape;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFSimpleShape;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.HeaderFooter;
import org.apache.poi.ss.usermodel.Hyperlink;
import org.apache.poi.ss.usermodel.Row;

/**
 * Excel workbooks of 97 to 2003: values as shown and as computed last, comments, boxes, objects.
 */
public final class XlsReader implements FormatReader {
  @Override
  public boolean reads(String mediaType) {
    return mediaType.equals("application/vnd.ms-excel");
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    try (POIFSFileSystem container = new POIFSFileSystem(file.path().toFile(), true);
        HSSFWorkbook workbook = new HSSFWorkbook(container)) {
      DataFormatter format =
          new PlainNumbers(workbook.getInternalWorkbook().isUsing1904DateWindowing());
      format.setUseCachedValuesForFormulaCells(true);
      HiddenParts hidden = new HiddenParts();
      for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
        if (workbook.isSheetHidden(i) || workbook.isSheetVeryHidden(i)) {
          hidden.addSheet();
        } else {
          readSheet(workbook.getSheetAt(i), format, sink, hidden);
        }
      }
      hidden.note(sink);
      readObjects(workbook, sink);
    } catch (EncryptedDocumentException e) {
      throw new UnreadableFileException(ReasonCode.PASSWORD_PROTECTED);
    } catch (OldExcelFormatException e) {
      readOld(file, sink);
    }
  }

  private static void readSheet(
      HSSFSheet sheet, DataFormatter format, BlockSink sink, HiddenParts hidden) {
    MergedCells merged = MergedCells.of(sheet.getMergedRegions());
    SheetRows rows = new SheetRows(sink, sheet.getSheetName(), merged, hidden);
    for (Row row : sheet) {
      if (row.getZeroHeight()) {
        rows.endHiddenRow(row.getRowNum(), isFilled(row, format));
      } else {
        readRow(row, format, rows);
      }
    }
    readMargin(sheet.getHeader(), rows);
    readMargin(sheet.getFooter(), rows);
    readBoxes(sheet.getDrawingPatriarch(), rows);
    rows.endSheet();
  }

  private static boolean isFilled(Row row, DataFormatter format) {
    for (Cell cell : row) {
      if (!shown(cell, format).isBlank()) {
        return true;
      }
    }
    return false;
  }

  private static void readRow(Row row, DataFormatter format, SheetRows rows) {
    for (Cell cell : row) {
      String text = shown(cell, format);
      if (!row.getSheet().isColumnHidden(cell.getColumnIndex())) {
        String whole = text + LinkTarget.shown(text.strip(), target(cell));
        rows.cell(row.getRowNum(), cell.getColumnIndex(), whole);
        HSSFComment comment = ((HSSFCell) cell).getCellComment();
        if (comment != null && comment.getString() != null) {
          rows.comment(comment.getAuthor(), comment.getString().getString());
        }
      } else if (!text.isBlank()) {
        rows.hiddenColumn(cell.getColumnIndex());
      }
    }
    rows.endRow(row.getRowNum());
  }

  private static String target(Cell cell) {
    Hyperlink link = cell.getHyperlink();
    if (link != null && link.getAddress() != null) {
      return link.getAddress();
    }
    return cell.getCellType() == CellType.FORMULA ? LinkFormula.target(formula(cell)) : "";
  }

  /** POI cannot write down each formula that it can read. */
  private static String formula(Cell cell) {
    try {
      return cell.getCellFormula();
    } catch (RuntimeException unknown) {
      return "";
    }
  }

  private static String shown(Cell cell, DataFormatter format) {
    CellType type = cell.getCellType();
    CellType shown = type == CellType.FORMULA ? cell.getCachedFormulaResultType() : type;
    if (shown == CellType.NUMERIC) {
      short number = cell.getCellStyle().getDataFormat();
      String text = cell.getSheet().getWorkbook().createDataFormat().getFormat(number);
      return format.formatRawCellContents(cell.getNumericCellValue(), number, text);
    }
    if (type == CellType.STRING) {
      return XlsText.of(cell);
    }
    return shown == CellType.ERROR ? "" : format.formatCellValue(cell);
  }

  private static void readMargin(HeaderFooter margin, SheetRows rows) {
    rows.beside(MarginText.plain(margin.getLeft()));
    rows.beside(MarginText.plain(margin.getCenter()));
    rows.beside(MarginText.plain(margin.getRight()));
  }

  private static void readBoxes(HSSFPatriarch drawing, SheetRows rows) {
    if (drawing == null) {
      return;
    }
    for (HSSFShape shape : drawing) {
      if (shape instanceof HSSFSimpleShape box
          && !(shape instanceof HSSFComment)
          && !(shape instanceof HSSFPicture)
          && !words(box).isBlank()) {
        rows.beside(words(box));
      }
    }
  }

  /** A chart is such a shape too; it has no record of words, which its class does not expect. */
  private static String words(HSSFSimpleShape shape) {
    try {
      return shape.getString() == null ? "" : shape.getString().getString();
    } catch (NullPointerException noWords) {
      return "";
    }
  }

  private static void readObjects(HSSFWorkbook workbook, BlockSink sink) throws IOException {
    for (HSSFObjectData object : workbook.getAllEmbeddedObjects()) {
      EmbeddedObject embedded =
          object.hasDirectoryEntry() && object.getDirectory() instanceof DirectoryNode directory
              ? EmbeddedObject.of(directory)
              : new EmbeddedObject(object.getOLE2ClassName(), object.getObjectData());
      sink.inner(embedded.name(), new ByteArrayInputStream(embedded.content()));
    }
  }

  private static void readOld(InputFile file, BlockSink sink) throws IOException {
    SheetRows rows = new SheetRows(sink, "Sheet1", MergedCells.of(List.of()), new HiddenParts());
    try (OldExcelExtractor old = new OldExcelExtractor(file.path().toFile())) {
      rows.beside(old.getText());
    }
    rows.endSheet();
  }
}
