package dev.zhiku.ingest.extract.reviewed;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Styles of an OpenDocument file, with what each takes over from the style it is made of. */
final class OdfStyles {
  private static final int MAX_PARENTS = 20;

  private final Map<String, Element> styles = new HashMap<>();
  private final Map<String, Element> lists = new HashMap<>();
  private @Nullable Element outline;

  /**
   * @param content the part with the text, whose own styles come before those of the file
   * @param common the part with the named styles
   */
  OdfStyles(Document content, @Nullable Document common) {
    if (common != null) {
      add(common);
    }
    add(content);
  }

  private void add(Document part) {
    for (Element style : WordXml.all(part, "style")) {
      String family = WordXml.attribute(style, "family", "");
      styles.put(family + " " + WordXml.attribute(style, "name", ""), style);
    }
    for (Element list : WordXml.all(part, "list-style")) {
      lists.put(WordXml.attribute(list, "name", ""), list);
    }
    for (Element headings : WordXml.all(part, "outline-style")) {
      outline = headings;
    }
  }

  /**
   * A property of an element's style, or of a style that it is made of; empty if none sets it.
   *
   * @param group of the properties, such as {@code text-properties}
   */
  String property(String family, Element styled, String group, String name) {
    Element style = style(family, styled, "style-name");
    for (int i = 0; style != null && i < MAX_PARENTS; i++) {
      for (Element properties : WordXml.children(style, group)) {
        String value = WordXml.attribute(properties, name, "");
        if (!value.isEmpty()) {
          return value;
        }
      }
      style = style(family, style, "parent-style-name");
    }
    return "";
  }

  private @Nullable Element style(String family, Element named, String attribute) {
    return styles.get(family + " " + WordXml.attribute(named, attribute, ""));
  }

  /** The list style that a paragraph's style names; empty if none does. */
  String listOf(Element paragraph) {
    Element style = style("paragraph", paragraph, "style-name");
    for (int i = 0; style != null && i < MAX_PARENTS; i++) {
      String list = WordXml.attribute(style, "list-style-name", "");
      if (!list.isEmpty()) {
        return list;
      }
      style = style("paragraph", style, "parent-style-name");
    }
    return "";
  }

  /** What a list's style says of a level; null if it says nothing. */
  @Nullable Element level(String listStyle, int level) {
    return level(lists.get(listStyle), level);
  }

  /** What the numbering of headings says of a level; null if it says nothing. */
  @Nullable Element headingLevel(int level) {
    return level(outline, level);
  }

  private static @Nullable Element level(@Nullable Element list, int level) {
    if (list == null) {
      return null;
    }
    for (var child = list.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element found
          && WordXml.attribute(found, "level", "").equals("" + level)) {
        return found;
      }
    }
    return null;
  }
}
