package dev.zhiku.ingest.catalog;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.outcome.Reason;
import java.util.Optional;

/**
 * What a scan compares with what it sees.
 *
 * @param unstable waiting until nobody writes to it
 * @param removing its file is gone and its passages are about to be
 * @param reason for failed and skipped files
 */
public record KnownFile(
    DocumentId id,
    String path,
    FileStamp stamp,
    State state,
    boolean unstable,
    boolean removing,
    Optional<Reason> reason,
    Optional<String> sha256,
    Optional<String> fingerprint) {}
