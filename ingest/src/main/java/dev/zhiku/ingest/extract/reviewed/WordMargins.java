package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.CleanText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Headers and footers of a Word document, each text once, without numbers of pages. */
final class WordMargins {
  private static final Pattern PAGE_FIELD =
      Pattern.compile("\\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION)\\b.*", Pattern.DOTALL);
  private static final Pattern ONLY_PAGE =
      Pattern.compile("(?i)(?:page|seite|p\\.|of|第|页|頁|共|[\\s/()（）\\-–—|·])*");

  private final Set<String> headers = new LinkedHashSet<>();
  private final Set<String> footers = new LinkedHashSet<>();

  void add(Document part, boolean header) {
    for (Element row : WordXml.all(part, "tr")) {
      add(lines(row), header);
    }
    for (Element paragraph : WordXml.all(part, "p")) {
      if (!isInTable(paragraph)) {
        add(List.of(paragraph), header);
      }
    }
  }

  private static List<Element> lines(Element row) {
    return WordXml.all(row, "p");
  }

  private void add(List<Element> paragraphs, boolean header) {
    StringBuilder text = new StringBuilder();
    boolean numbered = false;
    for (Element paragraph : paragraphs) {
      numbered |= dropPageFields(paragraph);
      CleanText.join(text, WordXml.text(paragraph).strip());
    }
    String clean = CleanText.line(text.toString());
    if (!clean.isBlank() && !(numbered && ONLY_PAGE.matcher(clean).matches())) {
      (header ? headers : footers).add(clean);
    }
  }

  List<String> headers() {
    return List.copyOf(headers);
  }

  /** Those that are no headers too. */
  List<String> footers() {
    List<String> own = new ArrayList<>(footers);
    own.removeAll(headers);
    return own;
  }

  private static boolean isInTable(Node paragraph) {
    for (Node up = paragraph.getParentNode(); up != null; up = up.getParentNode()) {
      if ("tr".equals(up.getLocalName())) {
        return true;
      }
    }
    return false;
  }

  private static boolean dropPageFields(Element paragraph) {
    boolean found = false;
    for (Element field : WordXml.all(paragraph, "fldSimple")) {
      if (PAGE_FIELD.matcher(WordXml.attribute(field, "instr", "")).matches()) {
        WordXml.remove(field);
        found = true;
      }
    }
    boolean inside = false;
    for (Element run : WordXml.all(paragraph, "r")) {
      Element mark = WordXml.child(run, "fldChar");
      String type = mark == null ? "" : WordXml.attribute(mark, "fldCharType", "");
      Element code = WordXml.child(run, "instrText");
      inside |= code != null && PAGE_FIELD.matcher(code.getTextContent()).matches();
      if (inside) {
        found = true;
        WordXml.all(run, "t").forEach(WordXml::remove);
      }
      inside &= !type.equals("end");
    }
    return found;
  }
}
