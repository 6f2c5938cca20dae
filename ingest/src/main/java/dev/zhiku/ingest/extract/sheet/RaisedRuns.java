package dev.zhiku.ingest.extract.sheet;

import dev.zhiku.ingest.extract.Raised;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.XMLFilterImpl;

/** The XML of strings on its way to POI's readers, which know no raised runs: 10⁷ stays 10⁷. */
final class RaisedRuns extends XMLFilterImpl {
  private boolean run;
  private boolean raised;
  private @Nullable StringBuilder words;

  RaisedRuns(XMLReader parent) {
    super(parent);
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes)
      throws SAXException {
    switch (name) {
      case "r" -> {
        run = true;
        raised = false;
      }
      case "vertAlign" -> raised = run && "superscript".equals(attributes.getValue("val"));
      case "t" -> words = raised ? new StringBuilder() : null;
      default -> {}
    }
    super.startElement(uri, name, qName, attributes);
  }

  @Override
  public void characters(char[] characters, int start, int length) throws SAXException {
    StringBuilder held = words;
    if (held == null) {
      super.characters(characters, start, length);
    } else {
      held.append(characters, start, length);
    }
  }

  @Override
  public void endElement(String uri, String name, String qName) throws SAXException {
    StringBuilder held = words;
    if (held != null && name.equals("t")) {
      words = null;
      char[] shown = Raised.number(held.toString()).toCharArray();
      super.characters(shown, 0, shown.length);
    } else if (name.equals("r")) {
      run = false;
      raised = false;
    }
    super.endElement(uri, name, qName);
  }
}
