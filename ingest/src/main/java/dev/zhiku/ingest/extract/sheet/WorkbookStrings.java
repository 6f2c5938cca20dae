package dev.zhiku.ingest.extract.sheet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.usermodel.XSSFRelation;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The strings that the cells of an XLSX share. */
final class WorkbookStrings {
  private static final byte[] NONE = "<sst/>".getBytes(StandardCharsets.US_ASCII);

  private WorkbookStrings() {}

  /** POI's table of them, filled through a filter that keeps what is raised. */
  static ReadOnlySharedStringsTable of(OPCPackage workbook)
      throws IOException, SAXException, ParserConfigurationException {
    var table = new ReadOnlySharedStringsTable(new ByteArrayInputStream(NONE));
    var parts = workbook.getPartsByContentType(XSSFRelation.SHARED_STRINGS.getContentType());
    for (PackagePart part : parts.subList(0, Math.min(1, parts.size()))) {
      RaisedRuns runs = new RaisedRuns(XMLHelper.newXMLReader());
      runs.setContentHandler(table);
      try (InputStream xml = part.getInputStream()) {
        runs.parse(new InputSource(xml));
      }
    }
    return table;
  }
}
