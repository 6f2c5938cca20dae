package dev.zhiku.ingest.extract.reviewed;

import dev.zhiku.ingest.extract.BlockMark;
import dev.zhiku.ingest.extract.CleanText;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The slides of an OpenDocument show: each is told by a mark, its notes by another. Empty places
 * for words, of which a program shows what to do there, hold no text of the show.
 */
final class OdfSlides {
  private static final String TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
  private static final Set<String> COUNTED = Set.of("page-number", "date-time");

  /** Places that a master page fills itself. */
  private static final Set<String> MARGINS = Set.of("header", "footer");

  private final Document content;
  private final Set<String> masters = new HashSet<>();
  private int hiddenShapes;

  OdfSlides(Document content) {
    this.content = content;
  }

  /** How many hidden shapes with words in them were left out. */
  int hiddenShapes() {
    return hiddenShapes;
  }

  /**
   * @param hidden whether the slide is skipped when the show is given; it stays as an empty one,
   *     for the others keep their numbers
   */
  void rewrite(Element slide, boolean hidden) {
    if (hidden) {
      while (slide.getFirstChild() != null) {
        slide.removeChild(slide.getFirstChild());
      }
    } else {
      masters.add(WordXml.attribute(slide, "master-page-name", ""));
      removeShapes(slide);
      WordXml.all(slide, "notes").forEach(notes -> mark(notes, BlockMark.NOTES));
    }
    mark(slide, BlockMark.SLIDE);
  }

  private void removeShapes(Element around) {
    for (Node child = around.getFirstChild(); child != null; ) {
      Node next = child.getNextSibling();
      if (child instanceof Element shape) {
        boolean hidden = WordXml.attribute(shape, "display", "").equals("none");
        if (hidden || isEmptyPlace(shape)) {
          hiddenShapes += hidden && !shape.getTextContent().isBlank() ? 1 : 0;
          around.removeChild(shape);
        } else {
          removeShapes(shape);
        }
      }
      child = next;
    }
  }

  private static boolean isEmptyPlace(Element shape) {
    return WordXml.attribute(shape, "placeholder", "").equals("true")
        || COUNTED.contains(placeOf(shape));
  }

  /** Kind of place for words that a shape is, such as a title; empty for other shapes. */
  private static String placeOf(Element shape) {
    String presentation = "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0";
    return shape.getAttributeNS(presentation, "class");
  }

  private void mark(Element part, String mark) {
    Element heading = content.createElementNS(TEXT, "text:h");
    heading.setTextContent(mark);
    part.insertBefore(heading, part.getFirstChild());
  }

  /**
   * Words that stand on each slide: of the master pages in use, without places that slides fill.
   */
  Set<String> margins(Document styles) {
    Set<String> texts = new LinkedHashSet<>();
    for (Element master : WordXml.all(styles, "master-page")) {
      if (masters.contains(WordXml.attribute(master, "name", ""))) {
        addWords(master, texts);
      }
    }
    return texts;
  }

  private static boolean isPlaceForSlides(Element part) {
    return isEmptyPlace(part) || !(placeOf(part).isEmpty() || MARGINS.contains(placeOf(part)));
  }

  private static void addWords(Element around, Set<String> texts) {
    for (Node child = around.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (!(child instanceof Element part)
          || isPlaceForSlides(part)
          || "notes".equals(part.getLocalName())) {
        continue;
      }
      if ("p".equals(part.getLocalName())) {
        texts.add(CleanText.line(part.getTextContent()));
      } else {
        addWords(part, texts);
      }
    }
    texts.remove("");
  }
}
