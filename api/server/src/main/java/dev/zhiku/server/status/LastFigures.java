package dev.zhiku.server.status;

import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.catalog.DocumentCatalog.Counts;
import dev.zhiku.ingest.catalog.DocumentCatalog.QueueState;
import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the catalogue says, or what it said last while it is away. Kept for each filter apart, so
 * that nobody sees the figures of others. Thread-safe.
 */
@Singleton
final class LastFigures {
  /** Filters whose figures are kept; the one that was asked for longest ago goes first. */
  private static final int MOST = 100;

  private static final Logger LOG = LoggerFactory.getLogger(LastFigures.class);

  private final DocumentCatalog catalog;
  private final Map<Filter, Figures> last = new LinkedHashMap<>(16, 0.75f, true);

  LastFigures(DocumentCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * What was read at one time.
   *
   * @param countedAt when, if that is not now because the catalogue is away
   */
  record Figures(
      Counts counts, List<SourceState> sources, QueueState queue, Optional<Instant> countedAt) {
    Figures {
      sources = List.copyOf(sources);
    }

    private Figures of(Instant time) {
      return new Figures(counts, sources, queue, Optional.of(time));
    }
  }

  /**
   * The figures of the documents that the filter lets through.
   *
   * @throws CatalogUnavailableException if the catalogue is away and there are none from before
   */
  Figures of(Filter visible) {
    try {
      // In this order what the last look at a folder has found is counted.
      List<SourceState> sources = catalog.sources();
      Counts counts = catalog.counts(visible);
      Figures now = new Figures(counts, sources, catalog.queue(), Optional.empty());
      keep(visible, now.of(Instant.now()));
      return now;
    } catch (CatalogUnavailableException e) {
      return kept(visible).orElseThrow(() -> e);
    }
  }

  /** What everybody may see is known from the start. */
  @EventListener
  void started(ServerStartupEvent event) {
    try {
      of(new Filter.All());
    } catch (CatalogUnavailableException e) {
      LOG.warn("The service starts without the catalogue: {}", e.toString());
    }
  }

  private synchronized void keep(Filter visible, Figures figures) {
    last.put(visible, figures);
    if (last.size() > MOST) {
      last.remove(last.keySet().iterator().next());
    }
  }

  private synchronized Optional<Figures> kept(Filter visible) {
    return Optional.ofNullable(last.get(visible));
  }
}
