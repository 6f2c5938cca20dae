package dev.zhiku.ingest.extract.reviewed;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Properties that runs of words have of their own, or by the styles of their letters or paragraph.
 */
final class WordStyles {
  private static final int GENERATIONS = 12;

  private final Map<String, Element> styles = new HashMap<>();

  /**
   * @param stylesheet the part with the styles; null in a document without one
   */
  WordStyles(@Nullable Document stylesheet) {
    if (stylesheet != null) {
      for (Element style : WordXml.all(stylesheet, "style")) {
        styles.put(WordXml.attribute(style, "styleId", ""), style);
      }
    }
  }

  /** Whether a property that is on or off is on for the run; its own setting comes first. */
  boolean isOn(Element run, String property) {
    Element own = WordXml.child(run, "rPr");
    Element direct = own == null ? null : WordXml.child(own, property);
    if (direct != null) {
      return WordXml.isOn(direct);
    }
    Boolean byLetters = byStyle(own == null ? "" : value(own, "rStyle"), property);
    if (byLetters != null) {
      return byLetters;
    }
    Boolean byParagraph = byStyle(paragraphStyle(run), property);
    return byParagraph != null && byParagraph;
  }

  private String paragraphStyle(Element run) {
    for (Node up = run.getParentNode(); up instanceof Element around; up = up.getParentNode()) {
      if ("p".equals(around.getLocalName())) {
        Element properties = WordXml.child(around, "pPr");
        return properties == null ? "" : value(properties, "pStyle");
      }
    }
    return "";
  }

  private @Nullable Boolean byStyle(String name, String property) {
    String next = name;
    for (int i = 0; i < GENERATIONS && !next.isEmpty(); i++) {
      Element style = styles.get(next);
      Element letters = style == null ? null : WordXml.child(style, "rPr");
      Element found = letters == null ? null : WordXml.child(letters, property);
      if (found != null) {
        return WordXml.isOn(found);
      }
      next = style == null ? "" : value(style, "basedOn");
    }
    return null;
  }

  private static String value(Element properties, String name) {
    Element found = WordXml.child(properties, name);
    return found == null ? "" : WordXml.attribute(found, "val", "");
  }
}
