package dev.zhiku.server.audit;

import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.source.TrashedFile;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** What a document was that a request deletes or puts back, which its record says. */
public final class DeletedDocument {
  private static final String ATTRIBUTE = "zhiku.audit.deleted";

  private DeletedDocument() {}

  /** Has the record of this request say what is deleted. */
  public static void note(HttpRequest<?> request, CatalogEntry entry) {
    request.setAttribute(
        ATTRIBUTE,
        new AuditEvent.DocumentFacts(
            entry.id().value(),
            entry.source(),
            entry.path(),
            entry.sha256().orElse(""),
            entry.size()));
  }

  /** Has the record of this request say which file in the trash it is about. */
  public static void note(HttpRequest<?> request, TrashedFile file) {
    request.setAttribute(
        ATTRIBUTE,
        new AuditEvent.DocumentFacts(
            file.id().value(), file.source().orElse(""), file.path(), "", file.bytes()));
  }

  /** What the request deletes or puts back; empty if it does neither. */
  public static Optional<AuditEvent.DocumentFacts> of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, AuditEvent.DocumentFacts.class);
  }
}
