package dev.zhiku.answering.search;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.Location.Kind;
import java.util.Optional;

/** How a place inside a document is written for clients; the same in every language. Pure. */
public final class CitationLocation {
  private CitationLocation() {}

  /** The page, from 1, where the format has pages. */
  public static Optional<Integer> page(Location location) {
    return location.kind() == Kind.PAGE ? Optional.of(location.start()) : Optional.empty();
  }

  /**
   * {@code p. 12}, {@code slide 3}, {@code Prices!A2:D9}, {@code lines 3-9}, the innermost heading,
   * or the name of a document that has none. The entry of an archive or mail is not part of it.
   *
   * @param name of the document
   */
  public static String text(String name, Location location) {
    return switch (location.kind()) {
      case PAGE -> counted("p. ", "pp. ", location);
      case SLIDE -> counted("slide ", "slides ", location);
      case CELLS -> location.cells().orElseGet(() -> counted("row ", "rows ", location));
      case LINES -> counted("line ", "lines ", location);
      case WHOLE -> location.heading().isEmpty() ? name : location.heading().getLast();
    };
  }

  private static String counted(String one, String many, Location location) {
    return location.start() == location.end()
        ? one + location.start()
        : many + location.start() + "-" + location.end();
  }

  /**
   * What a reader would call the passage: its headings, else the file's name without its ending.
   */
  public static String title(DocumentMeta document, Location location) {
    if (!location.heading().isEmpty()) {
      return String.join(" › ", location.heading());
    }
    String name = document.name();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
