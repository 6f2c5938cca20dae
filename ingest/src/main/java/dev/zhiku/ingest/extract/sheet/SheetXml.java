package dev.zhiku.ingest.extract.sheet;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.AttributesImpl;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * The XML of a sheet on its way to POI's reader: it tells which rows and columns are hidden, and
 * dates written as such are handed on as words, which POI would take for a number.
 */
final class SheetXml extends XMLFilterImpl {
  private static final int MAX_COLUMNS = 16_384;

  private final BitSet hiddenColumns = new BitSet();
  private boolean hiddenRow;
  private boolean formula;
  private boolean value;
  private boolean inFormula;
  private int formulasWithoutValue;
  private final StringBuilder written = new StringBuilder();

  SheetXml(XMLReader parent) {
    super(parent);
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes)
      throws SAXException {
    if (name.equals("row")) {
      hiddenRow = isOn(attributes.getValue("hidden"));
    } else if (name.equals("col") && isOn(attributes.getValue("hidden"))) {
      int from = Math.clamp(number(attributes.getValue("min")) - 1, 0, MAX_COLUMNS);
      int to = Math.clamp(number(attributes.getValue("max")), from, MAX_COLUMNS);
      hiddenColumns.set(from, to);
    }
    formula = name.equals("f") || (formula && !name.equals("c"));
    if (name.equals("c") || name.equals("f")) {
      written.setLength(0);
      inFormula = name.equals("f");
    }
    value = name.equals("v") || name.equals("is") || (value && !name.equals("c"));
    super.startElement(uri, name, qName, withoutDateType(name, attributes));
  }

  @Override
  public void endElement(String uri, String name, String qName) throws SAXException {
    inFormula = false;
    formulasWithoutValue += name.equals("c") && formula && !value ? 1 : 0;
    super.endElement(uri, name, qName);
  }

  @Override
  public void characters(char[] characters, int start, int length) throws SAXException {
    if (inFormula && written.length() < LinkFormula.LONGEST) {
      written.append(characters, start, length);
    }
    super.characters(characters, start, length);
  }

  /** The address that the formula of the cell at hand leads to; empty if there is none. */
  String target() {
    return LinkFormula.target(written);
  }

  /** How many formulas the program that wrote the file never computed. */
  int formulasWithoutValue() {
    return formulasWithoutValue;
  }

  /** Whether the row at hand is hidden. */
  boolean isRowHidden() {
    return hiddenRow;
  }

  /** Whether a column, counted from 0, is hidden. */
  boolean isColumnHidden(int column) {
    return hiddenColumns.get(column);
  }

  /** Whether an attribute is set to true. */
  static boolean isOn(@Nullable String value) {
    return value != null && (value.equals("1") || value.equalsIgnoreCase("true"));
  }

  private static Attributes withoutDateType(String name, Attributes attributes) {
    if (!name.equals("c") || !"d".equals(attributes.getValue("t"))) {
      return attributes;
    }
    AttributesImpl words = new AttributesImpl(attributes);
    words.setValue(words.getIndex("t"), "str");
    return words;
  }

  private static int number(@Nullable String value) {
    try {
      return value == null ? 0 : Integer.parseInt(value);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }
}
