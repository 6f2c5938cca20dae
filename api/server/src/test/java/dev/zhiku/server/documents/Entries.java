package dev.zhiku.server.documents;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Catalogue entries for tests. */
public final class Entries {
  public static final Instant MODIFIED = Instant.parse("2026-03-01T08:00:00Z");
  public static final String SHA256 = "ab".repeat(32);

  private Entries() {}

  public static CatalogEntry indexed(String path, String mediaType, long size) {
    return new CatalogEntry(
        DocumentId.random(),
        "knowledge",
        path,
        mediaType,
        size,
        Optional.of(SHA256),
        State.INDEXED,
        Stage.DONE,
        Optional.empty(),
        List.of(new Phrase("Pages 4-80 have no text.", "第 4 至 80 页没有文字。")),
        3,
        12,
        Optional.of("zh"),
        MODIFIED,
        Optional.of(MODIFIED.plusSeconds(9)),
        1,
        Optional.empty(),
        7);
  }

  public static CatalogEntry pending(String path) {
    return bare(path, State.PENDING, Stage.WAITING, Optional.empty());
  }

  public static CatalogEntry failed(String path) {
    Reason reason = Reason.of(ReasonCode.PASSWORD_PROTECTED);
    return bare(path, State.FAILED, Stage.EXTRACTING, Optional.of(reason));
  }

  private static CatalogEntry bare(String path, State state, Stage stage, Optional<Reason> reason) {
    return new CatalogEntry(
        DocumentId.random(),
        "knowledge",
        path,
        "application/octet-stream",
        10,
        Optional.empty(),
        state,
        stage,
        reason,
        List.of(),
        0,
        0,
        Optional.empty(),
        MODIFIED,
        Optional.empty(),
        0,
        Optional.empty(),
        0);
  }
}
