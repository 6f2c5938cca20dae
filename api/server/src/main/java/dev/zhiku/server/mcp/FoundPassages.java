package dev.zhiku.server.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.server.documents.OriginalUrl;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The result of {@code search}: passages, best first. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record FoundPassages(List<Found> passages) {
  FoundPassages {
    passages = List.copyOf(passages);
  }

  static FoundPassages of(List<ScoredPassage> found, String base) {
    List<Found> passages = new ArrayList<>();
    for (ScoredPassage one : found) {
      passages.add(Found.of(passages.size() + 1, one, base));
    }
    return new FoundPassages(passages);
  }

  /**
   * A passage.
   *
   * @param ordinal its place in the document, from which {@code read} can go on
   * @param entry file inside an archive or a mail
   * @param url of the original, at its page where it is a PDF
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Found(
      int number,
      String documentId,
      int ordinal,
      String source,
      String path,
      Optional<String> entry,
      String location,
      String text,
      String url) {
    static Found of(int number, ScoredPassage found, String base) {
      DocumentMeta document = found.document();
      Location location = found.passage().location();
      return new Found(
          number,
          document.id().value(),
          found.passage().id().ordinal(),
          document.source(),
          document.path(),
          location.entry(),
          CitationLocation.text(document.name(), location),
          found.passage().text(),
          base + OriginalUrl.of(document, location));
    }
  }
}
