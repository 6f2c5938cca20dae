package dev.zhiku.ingest.service;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.SourceFolder;
import dev.zhiku.ingest.work.IngestWorker;
import dev.zhiku.ingest.work.ReconcileSchedule;
import dev.zhiku.ingest.work.RetryPauses;
import dev.zhiku.ingest.work.WorkerCrew;
import java.time.Clock;

/**
 * The catalogue's way back to work: at the start, and after a fault has closed it. Used by one
 * thread at a time.
 */
final class CatalogueRecovery {
  private final DocumentLedger ledger;
  private final KnowledgeIndex index;
  private final SampleSwitch samples;
  private final WorkerCrew crew;
  private final SourceFolders folders;
  private final ReconcileSchedule schedule;
  private final StoreHealth health;
  private final Clock clock;

  /** Opened again, but not yet fit for work. */
  private boolean reopening;

  CatalogueRecovery(
      IngestService.Parts parts,
      SampleSwitch samples,
      WorkerCrew crew,
      SourceFolders folders,
      ReconcileSchedule schedule,
      Clock clock) {
    this.ledger = parts.ledger();
    this.index = parts.index();
    this.health = parts.health();
    this.samples = samples;
    this.crew = crew;
    this.folders = folders;
    this.schedule = schedule;
    this.clock = clock;
  }

  /** Makes the catalogue fit for work after whatever end it had. */
  void takeUp() {
    synchronized (folders) {
      // Meanwhile no source comes or goes.
      ledger.configure(folders.sources().stream().map(this::remembered).toList());
    }
    ledger.releaseLeases(IngestWorker.OWNER);
    ledger.dueWithin(clock.instant(), RetryPauses.LONGEST);
    samples.takeUp();
  }

  private SourceRecord remembered(SourceConfig source) {
    String root = source.path().toAbsolutePath().normalize().toString();
    return ledger
        .source(source.name())
        .filter(before -> before.root().equals(root))
        .orElseGet(() -> SourceRecord.unseen(source.name(), root));
  }

  /**
   * If a fault has closed the catalogue: opens it again and goes on as after a restart. Nobody
   * knows of the last transactions whether they are in it, so all claims are given back.
   */
  void reopenIfClosed() throws InterruptedException {
    if (ledger.isOpen() && !reopening) {
      return;
    }
    reopening = true;
    crew.dismiss();
    long epoch;
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      epoch = snapshot.epoch();
    }
    ledger
        .reopen(epoch)
        .ifPresent(what -> health.damaged(StoreHealth.Store.CATALOGUE, clock.instant(), what));
    takeUp();
    folders.all().forEach(SourceFolder::scanAllSoon);
    schedule.now();
    reopening = false;
  }
}
