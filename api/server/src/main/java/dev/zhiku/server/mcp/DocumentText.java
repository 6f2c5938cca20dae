package dev.zhiku.server.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.index.Passage;
import dev.zhiku.ingest.catalog.CatalogEntry;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Optional;

/**
 * The result of {@code read}: a document, or a part of it.
 *
 * @param total passages of the document
 * @param next where to go on reading; absent at the end
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DocumentText(
    String documentId,
    String source,
    String path,
    String mediaType,
    String url,
    List<Part> passages,
    int total,
    Optional<Integer> next) {
  DocumentText {
    passages = List.copyOf(passages);
  }

  static DocumentText of(CatalogEntry entry, DocumentTools.Part part, String base) {
    return new DocumentText(
        entry.id().value(),
        entry.source(),
        entry.path(),
        entry.mediaType(),
        base + "/documents/" + entry.id().value() + "/content",
        part.passages().stream().map(passage -> Part.of(entry.name(), passage)).toList(),
        part.total(),
        next(part));
  }

  /** The first passage that the part lacks. */
  static Optional<Integer> next(DocumentTools.Part part) {
    return part.passages().isEmpty()
        ? Optional.empty()
        : Optional.of(part.passages().getLast().id().ordinal() + 1)
            .filter(next -> next < part.total());
  }

  /**
   * A passage.
   *
   * @param entry file inside an archive or a mail
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Part(int ordinal, Optional<String> entry, String location, String text) {
    static Part of(String name, Passage passage) {
      Passage.Location location = passage.location();
      return new Part(
          passage.id().ordinal(),
          location.entry(),
          CitationLocation.text(name, location),
          passage.text());
    }
  }
}
