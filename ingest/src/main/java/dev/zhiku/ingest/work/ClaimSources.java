package dev.zhiku.ingest.work;

import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.pipeline.SourceDocument;
import java.util.Optional;

/** The sources that claimed files are in. Thread-safe. */
public interface ClaimSources {
  /** The claimed file, to be read; empty if its source is not configured any more. */
  Optional<SourceDocument> document(Claim claim);

  /** Whether the source's folder cannot be reached, or is not configured any more. */
  boolean isAway(String source);
}
