package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.StruckText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.w3c.dom.Element;

/** Struck-out runs of words of an office document, marked from the first to the last. */
final class StruckRuns {
  private StruckRuns() {}

  /**
   * @param runs of one paragraph, in order
   * @return how many parts were marked
   */
  static int mark(List<Element> runs, Predicate<Element> isStruck) {
    int parts = 0;
    List<Element> words = new ArrayList<>();
    for (Element run : runs) {
      List<Element> own = WordXml.children(run, "t");
      if (isStruck.test(run)) {
        words.addAll(own);
      } else if (!own.isEmpty()) {
        parts += mark(words);
        words.clear();
      }
    }
    return parts + mark(words);
  }

  private static int mark(List<Element> words) {
    StringBuilder text = new StringBuilder();
    words.forEach(word -> text.append(word.getTextContent()));
    String struck = text.toString();
    if (struck.isBlank()) {
      return 0;
    }
    String blanksBefore = struck.substring(0, struck.length() - struck.stripLeading().length());
    String blanksAfter = struck.substring(struck.stripTrailing().length());
    Element first = words.getFirst();
    WordXml.write(
        first, blanksBefore + StruckText.before(struck) + first.getTextContent().stripLeading());
    Element last = words.getLast();
    WordXml.write(
        last, last.getTextContent().stripTrailing() + StruckText.after(struck) + blanksAfter);
    return 1;
  }
}
