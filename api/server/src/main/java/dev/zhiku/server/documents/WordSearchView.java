package dev.zhiku.server.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The documents and passages that hold certain words, counted in full, with a part of them shown.
 *
 * @param q what was looked for, as it was typed
 * @param documents how many documents hold the words
 * @param passages how many passages do
 * @param complete whether these are all; if not, there are more than can be counted
 * @param unread files that match the conditions and are waiting to be read or could not be read
 * @param folders folders right below the one asked for, by number of passages; files that lie in
 *     none of them count for the folder asked for
 * @param types media types, by number of passages
 * @param items a part of the documents
 * @param nextCursor for the next part; null on the last
 */
@Schema(name = "WordSearch")
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record WordSearchView(
    String q,
    int documents,
    int passages,
    boolean complete,
    long unread,
    List<Folder> folders,
    List<Type> types,
    List<Match> items,
    Optional<String> nextCursor) {
  WordSearchView {
    folders = List.copyOf(folders);
    types = List.copyOf(types);
    items = List.copyOf(items);
  }

  /** How much of a folder holds the words. */
  @Schema(name = "WordSearchFolder")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record Folder(String source, String folder, int documents, int passages) {}

  /** How much of a media type holds the words. */
  @Schema(name = "WordSearchType")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record Type(String mediaType, int documents, int passages) {}

  /**
   * A document that holds the words.
   *
   * @param passages how many of its passages do
   * @param held the first of them
   */
  @Schema(name = "WordSearchDocument")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Match(
      String documentId,
      String source,
      String path,
      String name,
      String mediaType,
      Instant modifiedAt,
      int passages,
      List<Held> held) {
    Match {
      held = List.copyOf(held);
    }

    static Match of(DocumentMeta document, int passages, List<Held> held) {
      return new Match(
          document.id().value(),
          document.source(),
          document.path(),
          document.name(),
          document.mediaType(),
          document.modifiedAt(),
          passages,
          held);
    }
  }

  /**
   * A passage that holds the words.
   *
   * @param ordinal place in the document, from 0
   * @param text as it stands in the original
   * @param heading headings above it, outermost first
   * @param page from 1, where the format has pages
   * @param entry file inside an archive or a mail
   * @param location page, slide, cells, lines or heading, the same in every language
   */
  @Schema(name = "WordSearchPassage")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Held(
      int ordinal,
      String text,
      List<String> heading,
      Optional<Integer> page,
      Optional<String> entry,
      String location) {
    Held {
      heading = List.copyOf(heading);
    }

    static Held of(DocumentMeta document, Passage passage) {
      Passage.Location location = passage.location();
      return new Held(
          passage.id().ordinal(),
          passage.text(),
          location.heading(),
          CitationLocation.page(location),
          location.entry(),
          CitationLocation.text(document.name(), location));
    }
  }
}
