package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.DocumentCatalog.SourceState;
import dev.zhiku.ingest.catalog.SourceRecord;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code sources}. */
@MappedEntity(value = "sources", escape = false)
record SourceRow(
    @Id String name,
    int place,
    String root,
    String rootKey,
    boolean online,
    boolean held,
    String detail,
    @Nullable Long lastScanMs,
    long ignored,
    long files,
    boolean confirmed,
    boolean switchedOff) {
  private static final int MAX_DETAIL = 1_000;

  static SourceRow of(SourceRecord source, int place) {
    return new SourceRow(
        source.name(),
        place,
        source.root(),
        source.rootKey(),
        source.online(),
        source.held(),
        source.detail().substring(0, Math.min(MAX_DETAIL, source.detail().length())),
        EpochTimes.millis(source.lastScanAt()),
        source.ignored(),
        source.files(),
        source.confirmed(),
        source.off());
  }

  SourceRecord sourceRecord() {
    return new SourceRecord(
        name,
        root,
        rootKey,
        online,
        held,
        detail,
        EpochTimes.ofMillis(lastScanMs),
        ignored,
        files,
        confirmed,
        switchedOff);
  }

  SourceState state() {
    return new SourceState(name, root, online, held, detail, EpochTimes.ofMillis(lastScanMs));
  }
}
