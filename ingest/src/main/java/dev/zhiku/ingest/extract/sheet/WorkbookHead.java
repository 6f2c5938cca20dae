package dev.zhiku.ingest.extract.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.util.XMLHelper;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/** What a workbook says of its sheets before any of them is read. */
final class WorkbookHead extends DefaultHandler {
  private final Set<String> hiddenSheets = new HashSet<>();
  private boolean from1904;

  private WorkbookHead() {}

  static WorkbookHead of(InputStream xml)
      throws IOException, SAXException, ParserConfigurationException {
    WorkbookHead head = new WorkbookHead();
    try (xml) {
      XMLReader reader = XMLHelper.newXMLReader();
      reader.setContentHandler(head);
      reader.parse(new InputSource(xml));
    }
    return head;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    if (name.equals("workbookPr")) {
      from1904 = SheetXml.isOn(attributes.getValue("date1904"));
    } else if (name.equals("sheet") && isHidden(attributes.getValue("state"))) {
      hiddenSheets.add(attributes.getValue("name"));
    }
  }

  /** Whether days are counted from 1904. */
  boolean from1904() {
    return from1904;
  }

  /** Whether its author hid the sheet, also from the list of hidden ones. */
  boolean hides(String sheet) {
    return hiddenSheets.contains(sheet);
  }

  private static boolean isHidden(@Nullable String state) {
    return state != null && !state.equals("visible");
  }
}
