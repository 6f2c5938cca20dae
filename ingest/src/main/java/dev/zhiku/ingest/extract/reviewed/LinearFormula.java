package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.Raised;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A formula of an office document on one line: {@code (a+b)/2}, {@code x²}, {@code √(x)}. */
final class LinearFormula {
  private static final int MAX_DEPTH = 100;
  private static final Map<String, String> DEFAULT_SIGNS =
      Map.of("begChr", "(", "endChr", ")", "chr", "∫");

  private LinearFormula() {}

  static String of(Element formula) {
    return text(formula, 0);
  }

  private static String text(@Nullable Element element, int depth) {
    if (element == null || depth > MAX_DEPTH) {
      return "";
    }
    int next = depth + 1;
    return switch (element.getLocalName()) {
      case "t" -> element.getTextContent();
      case "f" -> group(part(element, "num", next)) + "/" + group(part(element, "den", next));
      case "sSup" -> part(element, "e", next) + Raised.power(part(element, "sup", next));
      case "sSub" -> part(element, "e", next) + lowered(part(element, "sub", next));
      case "sSubSup" ->
          part(element, "e", next)
              + lowered(part(element, "sub", next))
              + Raised.power(part(element, "sup", next));
      case "rad" -> part(element, "deg", next) + "√" + group(part(element, "e", next));
      case "nary" ->
          sign(element, "chr")
              + lowered(part(element, "sub", next))
              + Raised.power(part(element, "sup", next))
              + " "
              + part(element, "e", next);
      case "d" -> sign(element, "begChr") + children(element, ", ", next) + sign(element, "endChr");
      case "mr" -> children(element, " ", next) + "; ";
      case "eqArr" -> children(element, "; ", next);
      default -> children(element, "", next);
    };
  }

  private static String children(Element element, String between, int depth) {
    StringBuilder text = new StringBuilder();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element part && !part.getLocalName().endsWith("Pr")) {
        text.append(text.isEmpty() ? "" : between).append(text(part, depth));
      }
    }
    return text.toString();
  }

  private static String part(Element element, String name, int depth) {
    return text(WordXml.child(element, name), depth);
  }

  private static String group(String text) {
    return text.codePoints().allMatch(Character::isLetterOrDigit) ? text : "(" + text + ")";
  }

  private static String lowered(String text) {
    return text.isEmpty() ? "" : "_" + group(text);
  }

  private static String sign(Element element, String name) {
    Element properties = WordXml.child(element, element.getLocalName() + "Pr");
    Element sign = properties == null ? null : WordXml.child(properties, name);
    return sign == null ? DEFAULT_SIGNS.getOrDefault(name, "") : WordXml.attribute(sign, "val", "");
  }
}
