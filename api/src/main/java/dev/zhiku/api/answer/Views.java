package dev.zhiku.api.answer;

import dev.zhiku.api.documents.Places;
import dev.zhiku.api.search.Found;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage.Location;
import java.util.ArrayList;
import java.util.List;

/** What was found, in the form it has on the wire. Pure. */
final class Views {
  private static final double SCORE_DIGITS = 10_000;

  private Views() {}

  /** Numbered from 1 in this order. */
  static List<QueryResponse.Passage> passages(List<Found> found) {
    List<QueryResponse.Passage> passages = new ArrayList<>();
    for (Found one : found) {
      passages.add(passage(passages.size() + 1, one));
    }
    return passages;
  }

  private static QueryResponse.Passage passage(int number, Found found) {
    DocumentMeta document = found.document();
    Location location = found.passage().location();
    return new QueryResponse.Passage(
        number,
        document.id().value(),
        document.name(),
        document.source(),
        document.path(),
        location.entry(),
        Places.page(location),
        location.heading(),
        Places.text(document.name(), location),
        found.passage().text(),
        Math.round(found.score() * SCORE_DIGITS) / SCORE_DIGITS);
  }

  static Citation citation(int number, Found found, String quote, boolean verified) {
    DocumentMeta document = found.document();
    Location location = found.passage().location();
    return new Citation(
        number,
        document.id().value(),
        document.name(),
        document.source(),
        document.path(),
        location.entry(),
        document.mediaType(),
        document.sha256(),
        document.modifiedAt(),
        Places.page(location),
        location.heading(),
        Places.text(document.name(), location),
        quote,
        verified,
        Places.url(document, location));
  }
}
