package dev.zhiku.server.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of {@code list}: documents by source and path.
 *
 * @param nextCursor for those that follow; absent on the last part
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DocumentList(List<Listed> documents, Optional<String> nextCursor) {
  DocumentList {
    documents = List.copyOf(documents);
  }

  static DocumentList of(DocumentCatalog.Page page, String base, Locale locale) {
    return new DocumentList(
        page.entries().stream().map(entry -> Listed.of(entry, base, locale)).toList(),
        page.nextCursor());
  }

  /**
   * A document.
   *
   * @param state pending, indexed, failed or skipped
   * @param size in bytes
   * @param reason why it failed or was skipped
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Listed(
      String documentId,
      String source,
      String path,
      String mediaType,
      long size,
      Instant modifiedAt,
      String state,
      Optional<String> reason,
      int passages,
      String url) {
    static Listed of(CatalogEntry entry, String base, Locale locale) {
      return new Listed(
          entry.id().value(),
          entry.source(),
          entry.path(),
          entry.mediaType(),
          entry.size(),
          entry.modifiedAt(),
          entry.state().name().toLowerCase(Locale.ROOT),
          entry.reason().map(reason -> reason.text(locale)),
          entry.passages(),
          base + "/documents/" + entry.id().value() + "/content");
    }
  }
}
