package dev.zhiku.ingest.extract.html;

import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.Raised;
import dev.zhiku.ingest.outcome.IngestText;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * What a page shows that is not in its text: values of form fields, raised digits, how characters
 * are read aloud, formulas on one line. It is put into the text.
 */
final class WrittenForms {
  private static final Set<String> WITHOUT_VALUE =
      Set.of("hidden", "submit", "button", "reset", "image", "file");
  private static final Set<String> BOXES = Set.of("checkbox", "radio");
  private static final String FORMULAS = "mfrac, msup, msub, msubsup, msqrt, mroot";

  private WrittenForms() {}

  static void write(Document page, BlockSink sink) {
    int passwords = 0;
    for (Element field : page.select("input")) {
      String type = field.attr("type").toLowerCase(Locale.ROOT);
      if (BOXES.contains(type)) {
        replace(field, field.hasAttr("checked") ? "☑ " : "☐ ");
      } else if (type.equals("password")) {
        passwords += field.attr("value").isBlank() ? 0 : 1;
      } else if (!WITHOUT_VALUE.contains(type)) {
        replace(field, field.attr("value"));
      }
    }
    for (Element list : page.select("select")) {
      replace(
          list,
          list.select("option[selected]").stream()
              .map(Element::text)
              .collect(Collectors.joining(", ")));
    }
    if (passwords > 0) {
      sink.note(IngestText.of("fields.passwords", passwords));
    }
    page.select("sup").forEach(raised -> raised.text(Raised.number(raised.text())));
    page.select("rp").remove();
    page.select("rt").stream()
        .filter(Element::hasText)
        .forEach(aloud -> aloud.text("（" + aloud.text() + "）"));
    page.select("annotation, annotation-xml").remove();
    page.select(FORMULAS).reversed().forEach(part -> part.text(onOneLine(part)));
    page.select("math")
        .forEach(formula -> formula.replaceWith(new TextNode(formula.text().strip())));
  }

  private static void replace(Element field, String text) {
    field.replaceWith(new TextNode(" " + text + " "));
  }

  private static String onOneLine(Element formula) {
    String first = part(formula, 0);
    return switch (formula.normalName()) {
      case "mfrac" -> inBrackets(first) + "/" + inBrackets(part(formula, 1));
      case "msup" -> inBrackets(first) + Raised.power(part(formula, 1));
      case "msub" -> first + part(formula, 1);
      case "msubsup" -> first + part(formula, 1) + Raised.power(part(formula, 2));
      case "mroot" -> Raised.power(part(formula, 1)) + "√(" + first + ")";
      default -> "√(" + formula.text() + ")";
    };
  }

  private static String part(Element formula, int index) {
    return index < formula.childrenSize() ? formula.child(index).text().replaceAll("\\s+", "") : "";
  }

  private static String inBrackets(String part) {
    return part.codePoints().allMatch(Character::isLetterOrDigit) || part.startsWith("(")
        ? part
        : "(" + part + ")";
  }
}
