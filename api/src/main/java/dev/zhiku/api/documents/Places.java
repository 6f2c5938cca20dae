package dev.zhiku.api.documents;

import dev.zhiku.index.Passage.Location;
import java.util.Optional;

/** How a place inside a document is written for clients; the same in every language. */
public final class Places {
  private Places() {}

  /** The page, from 1, where the format has pages. */
  public static Optional<Integer> page(Location location) {
    return location.kind() == Location.Kind.PAGE ? Optional.of(location.start()) : Optional.empty();
  }

  /**
   * {@code p. 12}, {@code slide 3}, {@code Prices!A2:D9}, {@code lines 3-9}, the innermost heading,
   * or the name of a document that has none; the entry of an archive or mail comes first.
   *
   * @param name of the document
   */
  public static String text(String name, Location location) {
    String place =
        switch (location.kind()) {
          case PAGE -> counted("p. ", "pp. ", location);
          case SLIDE -> counted("slide ", "slides ", location);
          case CELLS -> location.cells().orElseGet(() -> counted("row ", "rows ", location));
          case LINES -> counted("line ", "lines ", location);
          case WHOLE -> location.heading().isEmpty() ? name : location.heading().getLast();
        };
    return location.entry().map(entry -> entry + ", " + place).orElse(place);
  }

  private static String counted(String one, String many, Location location) {
    return location.start() == location.end()
        ? one + location.start()
        : many + location.start() + "-" + location.end();
  }
}
