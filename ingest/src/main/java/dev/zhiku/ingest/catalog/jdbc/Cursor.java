package dev.zhiku.ingest.catalog.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The place where a listing goes on: after this source and path. */
record Cursor(String source, String path) {
  private static final char PART = '\0';

  String write() {
    byte[] text = (source + PART + path).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /**
   * @throws IllegalArgumentException if the text was not made by {@link #write}
   */
  static Cursor read(String cursor) {
    String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    int part = text.indexOf(PART);
    if (part < 0 || text.indexOf(PART, part + 1) >= 0) {
      throw new IllegalArgumentException("not a cursor of this listing: " + cursor);
    }
    return new Cursor(text.substring(0, part), text.substring(part + 1));
  }
}
