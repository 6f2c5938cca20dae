package dev.zhiku.ingest.extract.reviewed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The numbers and bullets that Word shows before paragraphs, counted from the first on. */
final class Numbering {
  private static final int LEVELS = 9;
  private static final int STYLE_GENERATIONS = 12;
  private static final Pattern PLACE = Pattern.compile("%([1-9])");
  private static final String BULLET = "•";

  private final Map<String, Map<Integer, Level>> lists = new HashMap<>();
  private final Map<String, String> listOfNumber = new HashMap<>();
  private final Map<String, Map<Integer, Integer>> restarts = new HashMap<>();
  private final Map<String, Element> styles = new HashMap<>();
  private final Map<String, Map<Integer, Integer>> counts = new HashMap<>();
  private final Set<String> restarted = new HashSet<>();

  private record Level(int start, String format, String text, boolean digits, boolean joined) {}

  /**
   * @param numbering the part with the lists; null in a document without one
   * @param stylesheet the part with the styles, which may number paragraphs
   */
  Numbering(@Nullable Document numbering, @Nullable Document stylesheet) {
    if (stylesheet != null) {
      for (Element style : WordXml.all(stylesheet, "style")) {
        styles.put(WordXml.attribute(style, "styleId", ""), style);
      }
    }
    if (numbering != null) {
      for (Element list : WordXml.all(numbering, "abstractNum")) {
        lists.put(WordXml.attribute(list, "abstractNumId", ""), levels(list));
      }
      WordXml.all(numbering, "num").forEach(this::addNumber);
    }
  }

  private static Map<Integer, Level> levels(Element list) {
    Map<Integer, Level> levels = new HashMap<>();
    for (Element level : WordXml.children(list, "lvl")) {
      levels.put(number(WordXml.attribute(level, "ilvl", "0"), 0), level(level));
    }
    return levels;
  }

  private static Level level(Element level) {
    return new Level(
        number(value(level, "start", "1"), 1),
        value(level, "numFmt", "decimal"),
        value(level, "lvlText", ""),
        WordXml.isOn(WordXml.child(level, "isLgl")),
        value(level, "suff", "tab").equals("nothing"));
  }

  private void addNumber(Element number) {
    String id = WordXml.attribute(number, "numId", "");
    String list = value(number, "abstractNumId", "");
    listOfNumber.put(id, list);
    for (Element override : WordXml.children(number, "lvlOverride")) {
      int level = number(WordXml.attribute(override, "ilvl", "0"), 0);
      Element other = WordXml.child(override, "lvl");
      if (other != null) {
        String own = list + "/" + id;
        lists.put(own, new HashMap<>(lists.getOrDefault(list, Map.of())));
        lists.get(own).put(level, level(other));
        listOfNumber.put(id, own);
      }
      String start = value(override, "startOverride", "");
      if (!start.isEmpty()) {
        restarts.computeIfAbsent(id, i -> new HashMap<>()).put(level, number(start, 1));
      }
    }
  }

  /** What stands before that paragraph, with a blank behind it; empty if nothing does. */
  String before(Element paragraph) {
    Element properties = WordXml.child(paragraph, "pPr");
    String number = "";
    String level = "";
    Element own = properties == null ? null : WordXml.child(properties, "numPr");
    if (own != null) {
      number = value(own, "numId", "");
      level = value(own, "ilvl", "");
    }
    String style = properties == null ? "" : value(properties, "pStyle", "");
    for (int i = 0; i < STYLE_GENERATIONS && number.isEmpty() && !style.isEmpty(); i++) {
      Element found = styles.get(style);
      Element inherited = found == null ? null : WordXml.child(found, "pPr");
      Element numbered = inherited == null ? null : WordXml.child(inherited, "numPr");
      if (numbered != null) {
        number = value(numbered, "numId", "");
        level = level.isEmpty() ? value(numbered, "ilvl", "") : level;
      }
      style = found == null ? "" : value(found, "basedOn", "");
    }
    return number.isEmpty() ? "" : next(number, Math.clamp(number(level, 0), 0, LEVELS - 1));
  }

  private String next(String number, int level) {
    String list = listOfNumber.getOrDefault(number, "");
    Map<Integer, Level> levels = lists.getOrDefault(list, Map.of());
    Level shown = levels.get(level);
    if (shown == null) {
      return "";
    }
    Map<Integer, Integer> count = counts.computeIfAbsent(list, l -> new HashMap<>());
    Integer restart = restarts.getOrDefault(number, Map.of()).get(level);
    if (restart != null && restarted.add(number + " " + level)) {
      count.put(level, restart);
    } else {
      count.merge(level, shown.start(), (before, start) -> before + 1);
    }
    for (int deeper = level + 1; deeper < LEVELS; deeper++) {
      count.remove(deeper);
    }
    String text = shown.format().equals("bullet") ? bullet(shown) : text(shown, levels, count);
    return text.isBlank() || shown.joined() ? text : text + " ";
  }

  /** Bullets are signs of symbol fonts; what they are drawn as says nothing. */
  private static String bullet(Level level) {
    return level.text().isEmpty() ? "" : BULLET;
  }

  private static String text(Level shown, Map<Integer, Level> levels, Map<Integer, Integer> count) {
    return PLACE
        .matcher(shown.text())
        .replaceAll(
            place -> {
              int level = Integer.parseInt(place.group(1)) - 1;
              Level of = levels.getOrDefault(level, shown);
              int number = count.getOrDefault(level, of.start());
              return NumberText.of(number, shown.digits() ? "decimal" : of.format());
            });
  }

  private static String value(Element parent, String name, String otherwise) {
    List<Element> found = new ArrayList<>(WordXml.children(parent, name));
    return found.isEmpty() ? otherwise : WordXml.attribute(found.getFirst(), "val", otherwise);
  }

  private static int number(String written, int otherwise) {
    return written.matches("\\d{1,5}") ? Integer.parseInt(written) : otherwise;
  }
}
