package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.DocumentCatalog.QueueState;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.util.Optional;

/** The one row of {@code ledger}. */
@MappedEntity(value = "ledger", escape = false)
record LedgerRow(
    @Id int id, long epoch, double passagesPerSecond, @Nullable Long etaMs, boolean paused) {
  static final int ONLY = 1;

  QueueState queue(long depth) {
    return new QueueState(
        depth, passagesPerSecond, Optional.ofNullable(etaMs).map(Duration::ofMillis), paused);
  }
}
