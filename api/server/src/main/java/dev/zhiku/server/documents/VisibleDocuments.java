package dev.zhiku.server.documents;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The one way to a document by its id. Missing and not visible look the same, and take the same
 * time: whichever of the two it is, one document that is hidden and one that is not there are
 * looked up. Thread-safe.
 */
@Singleton
public final class VisibleDocuments {
  /** So many that their rows are no nearer at hand than the row that is asked for. */
  private static final int REMEMBERED = 256;

  private final DocumentCatalog catalog;

  /** Documents that were refused as not visible; any that was found while there are none. */
  private final AtomicReferenceArray<Optional<DocumentId>> hidden =
      new AtomicReferenceArray<>(REMEMBERED);

  VisibleDocuments(DocumentCatalog catalog) {
    this.catalog = catalog;
    remember(Optional.empty());
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
    return found
        .filter(scope.visible()::accepts)
        .map(this::rememberedAtFirst)
        .orElseThrow(() -> refused(scope, found.map(CatalogEntry::id)));
  }

  private CatalogEntry rememberedAtFirst(CatalogEntry entry) {
    if (hidden.getPlain(0).isEmpty()) {
      remember(Optional.of(entry.id()));
    }
    return entry;
  }

  private void remember(Optional<DocumentId> everywhere) {
    for (int place = 0; place < REMEMBERED; place++) {
      hidden.set(place, everywhere);
    }
  }

  /** Does the same for both: draws an id and a place, and looks up what was not looked up yet. */
  private Problem refused(Scope scope, Optional<DocumentId> found) {
    if (!scope.seesEverything()) {
      Optional<DocumentId> nowhere = Optional.of(DocumentId.random());
      int place = ThreadLocalRandom.current().nextInt(REMEMBERED);
      Optional<DocumentId> before = hidden.get(place);
      hidden.set(place, found.isPresent() ? found : before);
      Optional<DocumentId> other = found.isPresent() ? nowhere : before;
      boolean unused = other.flatMap(catalog::find).filter(scope.visible()::accepts).isPresent();
    }
    return new Problem(ProblemCode.DOCUMENT_NOT_FOUND);
  }
}
