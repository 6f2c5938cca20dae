package dev.zhiku.api.answer;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.Location.Kind;
import java.util.Optional;

/** Where a passage stands, in a form that is the same in every language. Pure. */
final class Places {
  private static final String PDF = "application/pdf";

  private Places() {}

  /** {@code p. 12}, {@code slide 3}, {@code Prices!A2:D9}, {@code lines 3-9}, or the heading. */
  static String text(DocumentMeta document, Location location) {
    return switch (location.kind()) {
      case PAGE -> "p. " + range(location);
      case SLIDE -> "slide " + range(location);
      case CELLS -> location.cells().orElseGet(() -> "rows " + range(location));
      case LINES -> (location.start() == location.end() ? "line " : "lines ") + range(location);
      case WHOLE -> location.heading().isEmpty() ? document.name() : location.heading().getLast();
    };
  }

  private static String range(Location location) {
    return location.start() == location.end()
        ? Integer.toString(location.start())
        : location.start() + "-" + location.end();
  }

  /** First page, where the format has pages. */
  static Optional<Integer> page(Location location) {
    return location.kind() == Kind.PAGE ? Optional.of(location.start()) : Optional.empty();
  }

  /** Address of the original, at the page where it is a PDF. */
  static String url(DocumentMeta document, Location location) {
    String content = "/documents/" + document.id() + "/content";
    return document.mediaType().equals(PDF)
        ? content + page(location).map(page -> "#page=" + page).orElse("")
        : content;
  }

  /**
   * What a reader would call the passage: its headings, else the file's name without its ending.
   */
  static String title(DocumentMeta document, Location location) {
    if (!location.heading().isEmpty()) {
      return String.join(" › ", location.heading());
    }
    String name = document.name();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
