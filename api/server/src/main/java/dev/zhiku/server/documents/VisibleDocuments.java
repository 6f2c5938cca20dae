package dev.zhiku.server.documents;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.access.RequestScope;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** The one way to a document: missing and not visible look the same. */
final class VisibleDocuments {
  private VisibleDocuments() {}

  static CatalogEntry load(DocumentCatalog catalog, HttpRequest<?> request, String id) {
    return Optional.of(id)
        .filter(DocumentId::isWellFormed)
        .map(DocumentId::new)
        .flatMap(catalog::find)
        .filter(entry -> RequestScope.of(request).visible().accepts(entry))
        .orElseThrow(() -> new Problem(ProblemCode.DOCUMENT_NOT_FOUND));
  }
}
