package dev.zhiku.server.documents;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The one way to a document by its id. Missing and not visible look the same, and take the same
 * time: whichever of the two it is, one document that is there and one that is not are looked up.
 * Thread-safe.
 */
@Singleton
public final class VisibleDocuments {
  private final DocumentCatalog catalog;

  /** One that was there when it was last asked for; empty until then. */
  private final AtomicReference<Optional<DocumentId>> there =
      new AtomicReference<>(Optional.empty());

  VisibleDocuments(DocumentCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A document of this id.
   *
   * @throws Problem {@code document-not-found}, also for one that the asker may not see
   */
  public CatalogEntry load(Scope scope, String id) {
    Optional<DocumentId> asked =
        Optional.of(id).filter(DocumentId::isWellFormed).map(DocumentId::new);
    Optional<CatalogEntry> found = asked.flatMap(catalog::find);
    found.map(CatalogEntry::id).ifPresent(one -> there.set(Optional.of(one)));
    return found
        .filter(scope.visible()::accepts)
        .orElseThrow(() -> refused(scope, found.isPresent()));
  }

  private Problem refused(Scope scope, boolean isThere) {
    if (!scope.seesEverything()) {
      Optional<DocumentId> other =
          isThere
              ? Optional.of(DocumentId.random())
              : Objects.requireNonNull(there.get(), "an id or none");
      boolean unused = other.flatMap(catalog::find).filter(scope.visible()::accepts).isPresent();
    }
    return new Problem(ProblemCode.DOCUMENT_NOT_FOUND);
  }
}
