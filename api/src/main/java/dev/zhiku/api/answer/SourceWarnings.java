package dev.zhiku.api.answer;

import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.health.StoreHealth.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of what the answers may lack: sources that are offline or held are answered from as they
 * were last seen, files that wait or find no room on the disk are not answered from yet, and parts
 * of a damaged index neither. Nothing of it can keep an answer back.
 */
public final class SourceWarnings implements Function<Locale, List<QueryResponse.Warning>> {
  private static final Logger LOG = LoggerFactory.getLogger(SourceWarnings.class);

  private final DocumentCatalog catalog;
  private final StoreHealth health;

  public SourceWarnings(DocumentCatalog catalog, StoreHealth health) {
    this.catalog = catalog;
    this.health = health;
  }

  @Override
  public List<QueryResponse.Warning> apply(Locale locale) {
    List<QueryResponse.Warning> warnings = new ArrayList<>();
    if (health.isRepairing(Store.INDEX)) {
      warnings.add(AnswerTexts.warning(locale, "index-damaged"));
    } else if (health.indexVerifiedAt().isEmpty()) {
      warnings.add(AnswerTexts.warning(locale, "index-unverified"));
    }
    if (health.disk().state().isReadOnly()) {
      warnings.add(AnswerTexts.warning(locale, "disk-full"));
    }
    try {
      warnings.addAll(ofCatalogue(locale));
    } catch (CatalogUnavailableException e) {
      warnings.add(AnswerTexts.warning(locale, "catalogue-unavailable"));
    } catch (RuntimeException e) {
      LOG.warn("A question is answered without the catalogue: {}", e.toString());
      warnings.add(AnswerTexts.warning(locale, "catalogue-unavailable"));
    }
    return warnings;
  }

  private List<QueryResponse.Warning> ofCatalogue(Locale locale) {
    List<QueryResponse.Warning> warnings = new ArrayList<>();
    catalog.sources().stream()
        .filter(source -> !source.online() || source.held())
        .map(source -> AnswerTexts.warning(locale, "source-offline", source.name()))
        .forEach(warnings::add);
    long waiting = catalog.queue().depth();
    if (waiting > 0) {
      warnings.add(AnswerTexts.warning(locale, "indexing", waiting));
    }
    return warnings;
  }
}
