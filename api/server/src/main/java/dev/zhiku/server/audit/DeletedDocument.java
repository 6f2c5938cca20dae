package dev.zhiku.server.audit;

import dev.zhiku.ingest.catalog.CatalogEntry;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** What a document was that a request deletes, which the record of the request says. */
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

  /** What the request deletes; empty if it deletes no document. */
  public static Optional<AuditEvent.DocumentFacts> of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, AuditEvent.DocumentFacts.class);
  }
}
