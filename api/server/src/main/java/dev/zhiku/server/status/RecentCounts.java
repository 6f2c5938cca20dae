package dev.zhiku.server.status;

import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Files by state as they were counted last, a few seconds ago at most. Thread-safe. */
final class RecentCounts {
  private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

  private final DocumentCatalog catalog;
  private DocumentCatalog.@Nullable Counts last;
  private long countedAt;

  RecentCounts(DocumentCatalog catalog) {
    this.catalog = catalog;
  }

  synchronized DocumentCatalog.Counts now() {
    DocumentCatalog.Counts known = last;
    if (known == null || System.nanoTime() - countedAt > FRESH_NANOS) {
      known = catalog.counts(new Filter.All());
      last = known;
      countedAt = System.nanoTime();
    }
    return known;
  }
}
