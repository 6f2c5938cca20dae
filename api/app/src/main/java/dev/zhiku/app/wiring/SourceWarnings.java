package dev.zhiku.app.wiring;

import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.Warning;
import dev.zhiku.answering.answer.WarningCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.health.StoreHealth.Store;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of what the answers may lack: sources that are offline or held are answered from as they
 * were last seen, files that wait or find no room on the disk are not answered from yet, and parts
 * of a damaged index neither. Nothing of it can keep an answer back.
 */
public final class SourceWarnings implements StandingWarnings {
  private static final Logger LOG = LoggerFactory.getLogger(SourceWarnings.class);

  private final DocumentCatalog catalog;
  private final StoreHealth health;

  public SourceWarnings(DocumentCatalog catalog, StoreHealth health) {
    this.catalog = catalog;
    this.health = health;
  }

  @Override
  public List<Warning> now(Scope asker) {
    List<Warning> warnings = new ArrayList<>();
    if (health.isRepairing(Store.INDEX)) {
      warnings.add(Warning.of(WarningCode.INDEX_DAMAGED));
    } else if (health.indexVerifiedAt().isEmpty()) {
      warnings.add(Warning.of(WarningCode.INDEX_UNVERIFIED));
    }
    if (health.disk().state().isReadOnly()) {
      warnings.add(Warning.of(WarningCode.DISK_FULL));
    }
    try {
      warnings.addAll(ofCatalogue(asker));
    } catch (CatalogUnavailableException e) {
      warnings.add(Warning.of(WarningCode.CATALOGUE_UNAVAILABLE));
    } catch (RuntimeException e) {
      LOG.warn("A question is answered without the catalogue: {}", e.toString());
      warnings.add(Warning.of(WarningCode.CATALOGUE_UNAVAILABLE));
    }
    return warnings;
  }

  private List<Warning> ofCatalogue(Scope asker) {
    List<Warning> warnings = new ArrayList<>();
    catalog.sources().stream()
        .filter(source -> asker.seesSource(source.name()))
        .filter(source -> !source.online() || source.held())
        .map(source -> Warning.of(WarningCode.SOURCE_OFFLINE, source.name()))
        .forEach(warnings::add);
    long waiting = waiting(asker);
    if (waiting > 0) {
      warnings.add(Warning.of(WarningCode.INDEXING, waiting));
    }
    return warnings;
  }

  /** Those that somebody may see are counted one by one, and only if there is any at all. */
  private long waiting(Scope asker) {
    long all = catalog.queue().depth();
    return all == 0 || asker.seesEverything() ? all : catalog.counts(asker.visible()).pending();
  }
}
