package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.DocumentCatalog.Sorting;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place where a sorted listing goes on: after the document of this source and path.
 *
 * @param value what that document is compared by: a text or a whole number
 */
record SortedCursor(Sorting sorting, Object value, String source, String path) {
  private static final String PART = "\0";
  private static final int PARTS = 5;

  static SortedCursor of(DocumentRow row, Sorting sorting) {
    Object value =
        switch (sorting.key()) {
          case NAME -> row.pathFolded().substring(row.pathFolded().lastIndexOf('/') + 1);
          case MODIFIED -> row.modifiedNs();
          case TYPE -> row.mediaType();
          case STATE -> row.state();
          case SIZE -> row.sizeBytes();
        };
    return new SortedCursor(sorting, value, row.source(), row.path());
  }

  String write() {
    String text =
        String.join(
            PART,
            sorting.key().name(),
            Boolean.toString(sorting.descending()),
            value.toString(),
            source,
            path);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws IllegalArgumentException if the text was not made by {@link #write} for this sorting
   */
  static SortedCursor read(String cursor, Sorting sorting) {
    String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    String[] parts = text.split(PART, -1);
    if (parts.length != PARTS
        || !parts[0].equals(sorting.key().name())
        || !parts[1].equals(Boolean.toString(sorting.descending()))) {
      throw new IllegalArgumentException("not a cursor of this listing: " + cursor);
    }
    return new SortedCursor(sorting, value(parts[2], sorting.key()), parts[3], parts[4]);
  }

  private static Object value(String text, Sorting.Key key) {
    return switch (key) {
      case MODIFIED, SIZE -> Long.valueOf(text);
      case NAME, TYPE, STATE -> text;
    };
  }
}
