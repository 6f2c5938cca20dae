package dev.zhiku.ingest.catalog.jdbc;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** The one row of {@code ledger}. */
@MappedEntity(value = "ledger", escape = false)
record LedgerRow(@Id int id, long epoch, boolean paused) {
  static final int ONLY = 1;
}
