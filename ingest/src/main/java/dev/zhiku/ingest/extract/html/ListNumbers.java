package dev.zhiku.ingest.extract.html;

import dev.zhiku.ingest.extract.reviewed.NumberText;
import org.jsoup.nodes.Element;

/** The numbers of one list's items, as the page counts and writes them. */
final class ListNumbers {
  /** A list whose items have a bullet each. */
  static final ListNumbers BULLETS = new ListNumbers(0, 0, "");

  private final int step;
  private final String format;
  private int next;

  private ListNumbers(int first, int step, String format) {
    this.next = first;
    this.step = step;
    this.format = format;
  }

  static ListNumbers of(Element list) {
    boolean reversed = list.hasAttr("reversed");
    int items = (int) list.children().stream().filter(c -> c.normalName().equals("li")).count();
    int first = number(list.attr("start"), reversed ? items : 1);
    String format =
        switch (list.attr("type")) {
          case "a" -> "lowerLetter";
          case "A" -> "upperLetter";
          case "i" -> "lowerRoman";
          case "I" -> "upperRoman";
          default -> "decimal";
        };
    return new ListNumbers(first, reversed ? -1 : 1, format);
  }

  /** What stands before that item. */
  String next(Element item) {
    if (step == 0) {
      return "- ";
    }
    int shown = number(item.attr("value"), next);
    next = shown + step;
    return NumberText.of(shown, format) + ". ";
  }

  private static int number(String written, int otherwise) {
    String digits = written.strip();
    return digits.matches("-?\\d{1,6}") ? Integer.parseInt(digits) : otherwise;
  }
}
