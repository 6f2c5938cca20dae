package dev.zhiku.ingest.extract.sheet;

import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.reviewed.DrawingText;
import dev.zhiku.ingest.outcome.IngestText;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler.SheetContentsHandler;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFShape;
import org.apache.poi.xssf.usermodel.XSSFSimpleShape;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Excel workbooks as they are saved today, read as a stream: values as shown, comments, boxes. */
public final class XlsxReader implements FormatReader {
  private static final String PREFIX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml";
  private static final Set<String> MACRO_TYPES =
      Set.of(
          "application/vnd.ms-excel.sheet.macroenabled.12",
          "application/vnd.ms-excel.template.macroenabled.12");
  private static final String MEDIA = "/xl/media/";
  private static final String EMBEDDED = "/xl/embeddings/";

  @Override
  public boolean reads(String mediaType) {
    return mediaType.startsWith(PREFIX) || MACRO_TYPES.contains(mediaType);
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException {
    try (OPCPackage workbook = OPCPackage.open(file.path().toFile(), PackageAccess.READ)) {
      read(workbook, sink);
    } catch (OpenXML4JException | SAXException | ParserConfigurationException e) {
      throw new IOException(e);
    }
  }

  private static void read(OPCPackage workbook, BlockSink sink)
      throws IOException, OpenXML4JException, SAXException, ParserConfigurationException {
    XSSFReader reader = new XSSFReader(workbook);
    WorkbookHead head = WorkbookHead.of(reader.getWorkbookData());
    StylesTable styles = reader.getStylesTable();
    nameFormats(styles);
    ReadOnlySharedStringsTable strings = WorkbookStrings.of(workbook);
    var sheets = (XSSFReader.SheetIterator) reader.getSheetsData();
    HiddenParts hidden = new HiddenParts();
    int formulas = 0;
    while (sheets.hasNext()) {
      try (InputStream sheet = sheets.next()) {
        if (head.hides(sheets.getSheetName())) {
          hidden.addSheet();
          continue;
        }
        MergedCells merged = merged(sheets.getSheetPart());
        SheetRows rows = new SheetRows(sink, sheets.getSheetName(), merged, hidden);
        SheetXml xml = new SheetXml(new RaisedRuns(XMLHelper.newXMLReader()));
        xml.setContentHandler(
            new XSSFSheetXMLHandler(
                styles,
                sheets.getSheetComments(),
                strings,
                new Cells(rows, xml, CellLinks.of(sheets.getSheetPart())),
                new PlainNumbers(head.from1904()),
                false));
        xml.parse(new InputSource(sheet));
        addBoxes(sheets, rows);
        rows.endSheet();
        formulas += xml.formulasWithoutValue();
      }
    }
    hidden.note(sink);
    if (formulas > 0) {
      sink.note(IngestText.of("formulas.no-value", formulas));
    }
    readParts(workbook, sink);
  }

  private static void addBoxes(XSSFReader.SheetIterator sheet, SheetRows rows) {
    for (XSSFShape shape : sheet.getShapes()) {
      if (shape instanceof XSSFSimpleShape box) {
        rows.beside(box.getText());
      }
    }
  }

  private static MergedCells merged(PackagePart sheet) throws IOException {
    try (InputStream xml = sheet.getInputStream()) {
      return MergedCells.of(xml);
    }
  }

  /** POI shows a number as it is stored where its format has no text. */
  private static void nameFormats(@Nullable StylesTable styles) {
    if (styles == null) {
      return;
    }
    for (int number : NumberFormats.numbers()) {
      if (styles.getNumberFormatAt((short) number) == null) {
        styles.putNumberFormat((short) number, NumberFormats.text(number, null));
      }
    }
  }

  /** Charts, files set into the workbook, and how many pictures nobody looked at. */
  private static void readParts(OPCPackage workbook, BlockSink sink)
      throws IOException, InvalidFormatException {
    int pictures = 0;
    for (PackagePart part : workbook.getParts()) {
      String name = part.getPartName().getName();
      pictures += name.startsWith(MEDIA) ? 1 : 0;
      if (DrawingText.isPart(name.substring(1))) {
        try (InputStream content = part.getInputStream()) {
          DrawingText.read(content.readAllBytes(), sink);
        }
      } else if (name.startsWith(EMBEDDED)) {
        try (InputStream content = part.getInputStream()) {
          sink.inner(name.substring(EMBEDDED.length()), content);
        }
      }
    }
    if (pictures > 0) {
      sink.note(IngestText.of("pictures.unread", pictures));
    }
  }

  private static final class Cells implements SheetContentsHandler {
    private final SheetRows rows;
    private final SheetXml xml;
    private final CellLinks links;
    private boolean filled;

    Cells(SheetRows rows, SheetXml xml, CellLinks links) {
      this.links = links;
      this.rows = rows;
      this.xml = xml;
    }

    @Override
    public void startRow(int row) {
      filled = false;
    }

    @Override
    public void endRow(int row) {
      if (xml.isRowHidden()) {
        rows.endHiddenRow(row, filled);
      } else {
        rows.endRow(row);
      }
    }

    @Override
    public void cell(
        @Nullable String reference, @Nullable String value, @Nullable XSSFComment comment) {
      CellReference place = reference == null ? null : new CellReference(reference);
      boolean text = value != null && !value.isBlank();
      filled |= text;
      if (xml.isRowHidden()) {
        return;
      }
      if (place != null && xml.isColumnHidden(place.getCol())) {
        if (text) {
          rows.hiddenColumn(place.getCol());
        }
        return;
      }
      if (reference != null && place != null && value != null) {
        String shown = links.shown(reference, value, xml.target());
        rows.cell(place.getRow(), place.getCol(), shown);
      }
      if (comment != null && comment.getString() != null) {
        rows.comment(comment.getAuthor(), comment.getString().getString());
      }
    }

    @Override
    public void headerFooter(String text, boolean isHeader, String tagName) {
      rows.beside(MarginText.plain(text));
    }
  }
}
