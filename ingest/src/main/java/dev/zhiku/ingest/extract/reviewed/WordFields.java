package dev.zhiku.ingest.extract.reviewed;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Form fields of older Word documents: boxes to tick and lists to choose from. */
final class WordFields {
  private WordFields() {}

  /** What the field shows; null if its words are in runs of their own. */
  static @Nullable String shown(Element data) {
    Element box = WordXml.child(data, "checkBox");
    if (box != null) {
      Element checked = WordXml.child(box, "checked");
      boolean ticked = WordXml.isOn(checked != null ? checked : WordXml.child(box, "default"));
      return ticked ? "☑" : "☐";
    }
    Element list = WordXml.child(data, "ddList");
    return list == null ? null : chosen(list);
  }

  private static String chosen(Element list) {
    List<Element> entries = WordXml.children(list, "listEntry");
    Element result = WordXml.child(list, "result");
    Element chosen = result != null ? result : WordXml.child(list, "default");
    String number = chosen == null ? "0" : WordXml.attribute(chosen, "val", "0");
    int index = number.matches("\\d{1,4}") ? Integer.parseInt(number) : 0;
    return index < entries.size() ? WordXml.attribute(entries.get(index), "val", "") : "";
  }
}
