package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.CleanText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Footnotes and endnotes, to stand where they are referred to. */
public final class WordNotes {
  private static final Set<String> SEPARATORS =
      Set.of("separator", "continuationSeparator", "continuationNotice");

  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> placed = new HashSet<>();

  WordNotes(@Nullable Document footnotes, @Nullable Document endnotes) {
    add(footnotes, "footnote");
    add(endnotes, "endnote");
  }

  private void add(@Nullable Document part, String kind) {
    if (part == null) {
      return;
    }
    for (Element note : WordXml.all(part, kind)) {
      StringBuilder text = new StringBuilder();
      WordXml.all(note, "p").forEach(p -> CleanText.join(text, WordXml.text(p).strip()));
      if (!SEPARATORS.contains(WordXml.attribute(note, "type", "")) && !text.isEmpty()) {
        texts.put(kind + WordXml.attribute(note, "id", ""), text.toString());
      }
    }
  }

  /** The note in brackets, in the language it is written in; empty if there is none. */
  String at(Element reference) {
    String name = reference.getLocalName();
    String key =
        name.substring(0, name.length() - "Reference".length())
            + WordXml.attribute(reference, "id", "");
    String text = texts.get(key);
    if (text == null) {
      return "";
    }
    placed.add(key);
    return inBrackets(text);
  }

  /** A note as it is shown inside a sentence; nothing where it says nothing. */
  public static String inBrackets(String text) {
    if (text.isBlank()) {
      return "";
    }
    boolean chinese = text.codePoints().anyMatch(CleanText::isWide);
    return chinese ? "（注：" + text + "）" : " (note: " + text + ")";
  }

  /** How many notes nothing refers to. */
  int unplaced() {
    return texts.size() - placed.size();
  }
}
