package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.Optional;

/** A row of {@code documents}. */
@MappedEntity(value = "documents", escape = false)
record DocumentRow(
    @Id String id,
    String source,
    String path,
    String pathFolded,
    String mediaType,
    long sizeBytes,
    long modifiedNs,
    String fileKey,
    @Nullable String sha256,
    @Nullable String fingerprint,
    String state,
    String stage,
    @Nullable String reasonCode,
    @Nullable String reasonValue,
    String notes,
    int passages,
    int pages,
    @Nullable String language,
    @Nullable Long indexedMs,
    int attempts,
    String lane,
    @Nullable Long dueMs,
    @Nullable String leaseOwner,
    long leaseUntilMs,
    long epoch,
    long revision,
    boolean removing) {
  private static final int MAX_VALUE = 500;
  private static final int MAX_TYPE = 255;

  /** The value of the reason, as far as the column holds it. */
  static String value(Reason reason) {
    return reason.value().substring(0, Math.min(MAX_VALUE, reason.value().length()));
  }

  /** As far as the column holds it. */
  static String mediaType(String type) {
    return type.substring(0, Math.min(MAX_TYPE, type.length()));
  }

  CatalogEntry entry() {
    State known = State.valueOf(state);
    return new CatalogEntry(
        new DocumentId(id),
        source,
        path,
        mediaType,
        sizeBytes,
        Optional.ofNullable(sha256),
        known,
        Stage.valueOf(stage),
        reason(),
        NoteText.read(notes),
        passages,
        pages,
        Optional.ofNullable(language),
        EpochTimes.ofNanos(modifiedNs),
        EpochTimes.ofMillis(indexedMs),
        attempts,
        known == State.FAILED ? EpochTimes.ofMillis(dueMs) : Optional.empty(),
        epoch);
  }

  KnownFile knownFile() {
    State known = State.valueOf(state);
    boolean unstable = known == State.PENDING && dueMs == null;
    return new KnownFile(
        new DocumentId(id),
        path,
        stamp(),
        known,
        unstable,
        removing,
        reason(),
        Optional.ofNullable(sha256),
        Optional.ofNullable(fingerprint));
  }

  /** With the reading that begins now. */
  Claim claimed() {
    return new Claim(new DocumentId(id), source, path, stamp(), attempts + 1, revision);
  }

  private FileStamp stamp() {
    return new FileStamp(sizeBytes, EpochTimes.ofNanos(modifiedNs), fileKey);
  }

  private Optional<Reason> reason() {
    return Optional.ofNullable(reasonCode)
        .map(
            code ->
                new Reason(ReasonCode.ofWireName(code), reasonValue == null ? "" : reasonValue));
  }
}
