package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.message.Phrase;
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
    String detailZh,
    String detailZhHant,
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
        cut(source.detail().english()),
        cut(source.detail().chinese()),
        cut(source.detail().traditional()),
        EpochTimes.millis(source.lastScanAt()),
        source.ignored(),
        source.files(),
        source.confirmed(),
        source.off());
  }

  private static String cut(String words) {
    return words.substring(0, Math.min(MAX_DETAIL, words.length()));
  }

  SourceRecord sourceRecord() {
    return new SourceRecord(
        name,
        root,
        rootKey,
        online,
        held,
        new Phrase(detail, detailZh, detailZhHant),
        EpochTimes.ofMillis(lastScanMs),
        ignored,
        files,
        confirmed,
        switchedOff);
  }

  SourceState state() {
    return new SourceState(
        name,
        root,
        online,
        held,
        new Phrase(detail, detailZh, detailZhHant),
        EpochTimes.ofMillis(lastScanMs));
  }
}
