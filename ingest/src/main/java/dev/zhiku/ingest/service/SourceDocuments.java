package dev.zhiku.ingest.service;

import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.FileChange;
import dev.zhiku.ingest.catalog.KnownFile;
import dev.zhiku.ingest.outcome.FaultPoint;
import dev.zhiku.ingest.work.CommitGroup;
import java.time.Clock;
import java.util.List;

/** The documents of a source that is answered from no longer. Thread-safe. */
record SourceDocuments(DocumentLedger ledger, CommitGroup group, Clock clock) {
  /**
   * Takes all documents of a source out of catalogue and index with the next commit. Nobody may
   * look through its folder meanwhile.
   *
   * @return how many they were
   */
  int remove(String source) throws InterruptedException {
    List<KnownFile> files = ledger.under(source, "");
    ledger.record(
        files.stream().map(file -> new FileChange.Vanished(file.id())).toList(), clock.instant());
    for (KnownFile file : files) {
      FaultPoint.AFTER_SAMPLES_VANISH.hit();
      group.remove(file.id());
    }
    return files.size();
  }
}
