package dev.zhiku.server.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.ingest.catalog.CatalogEntry;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One file as clients see it, field by field; absent values are written as null.
 *
 * @param id given at first sight, kept through renames
 * @param source name of the source that holds the file
 * @param path inside the source, {@code /} between its parts
 * @param name last part of the path
 * @param mediaType as detected from the bytes; application/octet-stream before the first reading
 * @param size in bytes
 * @param sha256 of the bytes last read, in hexadecimal
 * @param state pending, indexed, failed or skipped
 * @param stage what is being done or failed
 * @param reasonCode stable and kebab-case, for failed and skipped files
 * @param reason why, in the reader's language
 * @param remedy what to do about it, in the reader's language
 * @param notes gaps in an indexed file, in the reader's language
 * @param passages in the index
 * @param pages pages or slides, where the format has them
 * @param language zh or en, of most of the text
 * @param modifiedAt the file's own time stamp
 * @param indexedAt when what the index holds was written
 * @param attempts readings of this version of the file so far
 * @param nextRetryAt when a failed reading is tried again by itself
 */
@Schema(name = "Document")
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record DocumentView(
    String id,
    String source,
    String path,
    String name,
    String mediaType,
    long size,
    Optional<String> sha256,
    @Schema(
            type = "string",
            allowableValues = {"pending", "indexed", "failed", "skipped"})
        String state,
    @Schema(
            type = "string",
            allowableValues = {"waiting", "reading", "extracting", "embedding", "storing", "done"})
        String stage,
    Optional<String> reasonCode,
    Optional<String> reason,
    Optional<String> remedy,
    List<String> notes,
    int passages,
    Optional<Integer> pages,
    Optional<String> language,
    Instant modifiedAt,
    Optional<Instant> indexedAt,
    int attempts,
    Optional<Instant> nextRetryAt) {
  DocumentView {
    notes = List.copyOf(notes);
  }

  static DocumentView of(CatalogEntry entry, Locale locale) {
    return new DocumentView(
        entry.id().value(),
        entry.source(),
        entry.path(),
        entry.name(),
        entry.mediaType(),
        entry.size(),
        entry.sha256(),
        wireName(entry.state()),
        wireName(entry.stage()),
        entry.reason().map(reason -> reason.code().wireName()),
        entry.reason().map(reason -> reason.text(locale)),
        entry.reason().map(reason -> reason.remedy(locale)),
        entry.notes().stream().map(note -> note.in(locale)).toList(),
        entry.passages(),
        entry.pages() == 0 ? Optional.empty() : Optional.of(entry.pages()),
        entry.language(),
        entry.modifiedAt(),
        entry.indexedAt(),
        entry.attempts(),
        entry.nextRetryAt());
  }

  private static String wireName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
