package dev.zhiku.server.documents;

import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage.Location;

/** The address of an original, relative to this service. Pure. */
public final class OriginalUrl {
  private static final String PDF = "application/pdf";

  private OriginalUrl() {}

  /** The address of a document, at the page of the place where it is a PDF. */
  public static String of(DocumentMeta document, Location location) {
    String content = "/documents/" + document.id() + "/content";
    return document.mediaType().equals(PDF)
        ? content + CitationLocation.page(location).map(page -> "#page=" + page).orElse("")
        : content;
  }
}
