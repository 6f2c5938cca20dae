package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.CatalogEntry.State;
import io.micronaut.core.annotation.Introspected;

/** A row of {@code tallies}: the sums over one source's files in one state. */
@Introspected
record TallyRow(String source, String state, long files, long passages, long sizeBytes) {
  boolean is(State which) {
    return state.equals(which.name());
  }
}
