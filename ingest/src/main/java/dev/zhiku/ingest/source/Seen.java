package dev.zhiku.ingest.source;

import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.outcome.Reason;

/** A file as a look at the folder shows it. */
sealed interface Seen {
  FileStamp stamp();

  /** To be read. */
  record Candidate(FileStamp stamp) implements Seen {}

  /** Passed over. */
  record Refused(FileStamp stamp, Reason reason) implements Seen {}
}
