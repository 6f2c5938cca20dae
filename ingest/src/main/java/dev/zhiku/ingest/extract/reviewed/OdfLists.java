package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.BlockMark;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Lists and numbered headings of an OpenDocument text, turned into paragraphs that begin with their
 * marker or number as shown.
 */
final class OdfLists {
  private static final int LEVELS = 10;
  private static final Set<String> PARAGRAPHS = Set.of("p", "h");
  private static final Map<String, String> FORMATS =
      Map.of(
          "1", "decimal",
          "a", "lowerLetter",
          "A", "upperLetter",
          "i", "lowerRoman",
          "I", "upperRoman",
          "一", "chineseCounting",
          "壹", "chineseLegalSimplified",
          "甲", "ideographTraditional",
          "①", "decimalEnclosedCircle",
          "１", "decimalFullWidth");

  private final Document content;
  private final OdfStyles styles;
  private final Map<String, int[]> ended = new HashMap<>();
  private final int[] headings = new int[LEVELS + 1];

  OdfLists(Document content, OdfStyles styles) {
    this.content = content;
    this.styles = styles;
  }

  /** Where a list stands: its style, its depth and how far each level has counted. */
  private static final class At {
    private final String style;
    private final int level;
    private final int[] counts;

    At(String style, int level, int[] counts) {
      this.style = style;
      this.level = level;
      this.counts = counts;
    }
  }

  void number() {
    for (Element heading : WordXml.all(content, "h")) {
      numberHeading(heading);
    }
    for (Element list : WordXml.all(content, "list")) {
      if (!isInList(list)) {
        read(list, start(list));
      }
    }
    for (Element list : WordXml.all(content, "list")) {
      unwrap(list);
    }
  }

  private static boolean isInList(Element list) {
    for (Node up = list.getParentNode(); up != null; up = up.getParentNode()) {
      if ("list-item".equals(up.getLocalName()) || "list-header".equals(up.getLocalName())) {
        return true;
      }
    }
    return false;
  }

  private At start(Element list) {
    String style = WordXml.attribute(list, "style-name", "");
    if (style.isEmpty()) {
      List<Element> paragraphs = WordXml.all(list, "p");
      style = paragraphs.isEmpty() ? "" : styles.listOf(paragraphs.getFirst());
    }
    boolean goesOn =
        WordXml.attribute(list, "continue-numbering", "").equals("true")
            || !WordXml.attribute(list, "continue-list", "").isEmpty();
    int[] counts = goesOn ? ended.getOrDefault(style, new int[LEVELS + 1]) : new int[LEVELS + 1];
    ended.put(style, counts);
    return new At(style, 1, counts);
  }

  private void read(Element list, At at) {
    Arrays.fill(at.counts, at.level + 1, LEVELS + 1, 0);
    for (Node child = list.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element item && at.level <= LEVELS) {
        readItem(item, at);
      }
    }
  }

  private void readItem(Element item, At at) {
    boolean marked = "list-item".equals(item.getLocalName());
    String started = WordXml.attribute(item, "start-value", "");
    for (Node child = item.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (!(child instanceof Element part)) {
        continue;
      }
      if ("list".equals(part.getLocalName()) && at.level < LEVELS) {
        String style = WordXml.attribute(part, "style-name", at.style);
        read(part, new At(style, at.level + 1, at.counts));
      } else if (marked && PARAGRAPHS.contains(part.getLocalName())) {
        marked = false;
        Element level = styles.level(at.style, at.level);
        count(at.counts, at.level, level, started);
        boolean heading = "h".equals(part.getLocalName());
        String marker = marker(at, level);
        insert(part, heading ? marker : BlockMark.ITEM + (marker.isEmpty() ? "- " : marker));
      }
    }
  }

  private static void count(int[] counts, int at, @Nullable Element level, String started) {
    String first = level == null ? "1" : WordXml.attribute(level, "start-value", "1");
    if (started.matches("\\d{1,5}")) {
      counts[at] = Integer.parseInt(started);
    } else {
      counts[at] =
          counts[at] == 0 && first.matches("\\d{1,5}") ? Integer.parseInt(first) : counts[at] + 1;
    }
    Arrays.fill(counts, at + 1, counts.length, 0);
  }

  private String marker(At at, @Nullable Element level) {
    if (level == null || !"list-level-style-number".equals(level.getLocalName())) {
      return "";
    }
    return shown(level, at.counts, at.level, n -> styles.level(at.style, n));
  }

  /** Tells the style of a level. */
  @FunctionalInterface
  private interface Levels {
    @Nullable Element at(int level);
  }

  /** The number with those of the levels above that it shows, and with what stands around it. */
  private static String shown(Element level, int[] counts, int at, Levels levels) {
    String format = WordXml.attribute(level, "num-format", "");
    if (format.isEmpty()) {
      return "";
    }
    String shownLevels = WordXml.attribute(level, "display-levels", "1");
    int from =
        shownLevels.matches("\\d") ? Math.max(1, at - Integer.parseInt(shownLevels) + 1) : at;
    StringBuilder number = new StringBuilder();
    for (int i = from; i <= at; i++) {
      Element one = levels.at(i);
      String own = one == null ? format : WordXml.attribute(one, "num-format", "");
      if (!own.isEmpty()) {
        number.append(number.isEmpty() ? "" : ".").append(NumberText.of(counts[i], name(own)));
      }
    }
    String text =
        WordXml.attribute(level, "num-prefix", "")
            + number
            + WordXml.attribute(level, "num-suffix", "");
    boolean chinese = text.codePointBefore(text.length()) > 0x2E80;
    return chinese ? text : text + " ";
  }

  private static String name(String format) {
    return FORMATS.getOrDefault(format.substring(0, 1), "decimal");
  }

  private void numberHeading(Element heading) {
    String written = WordXml.attribute(heading, "outline-level", "");
    boolean unnumbered = WordXml.attribute(heading, "is-list-header", "").equals("true");
    if (isInList(heading) || unnumbered || !written.matches("[1-9]")) {
      return;
    }
    int at = Integer.parseInt(written);
    Element level = styles.headingLevel(at);
    count(headings, at, level, WordXml.attribute(heading, "start-value", ""));
    String number = level == null ? "" : shown(level, headings, at, styles::headingLevel);
    if (!number.isEmpty()) {
      insert(heading, number);
    }
  }

  private void insert(Element paragraph, String text) {
    paragraph.insertBefore(content.createTextNode(text), paragraph.getFirstChild());
  }

  /** Puts the paragraphs of a list in its place. */
  private static void unwrap(Element list) {
    Node parent = list.getParentNode();
    if (parent == null) {
      return;
    }
    for (Node item = list.getFirstChild(); item != null; item = item.getNextSibling()) {
      for (Node child = item.getFirstChild(); child != null; ) {
        Node next = child.getNextSibling();
        parent.insertBefore(child, list);
        child = next;
      }
    }
    parent.removeChild(list);
  }
}
