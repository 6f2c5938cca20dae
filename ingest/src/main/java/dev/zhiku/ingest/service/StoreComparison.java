package dev.zhiku.ingest.service;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.reconcile.ThreeWayReconcile;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.work.CommitGroup;
import dev.zhiku.ingest.work.ReconcileSchedule;
import dev.zhiku.ingest.work.WorkSignal;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The comparison of catalogue and index when it is due, and the end of a repair. One thread. */
final class StoreComparison {
  private static final Logger LOG = LoggerFactory.getLogger(StoreComparison.class);

  private final SourceFolders folders;
  private final DocumentLedger ledger;
  private final KnowledgeIndex index;
  private final DocumentPipeline pipeline;
  private final StoreHealth health;
  private final CommitGroup group;
  private final ReconcileSchedule schedule;
  private final SampleSwitch samples;
  private final WorkSignal signal;
  private final Clock clock;

  StoreComparison(
      IngestService.Parts parts,
      SourceFolders folders,
      CommitGroup group,
      ReconcileSchedule schedule,
      SampleSwitch samples,
      WorkSignal signal,
      Clock clock) {
    this.folders = folders;
    this.ledger = parts.ledger();
    this.index = parts.index();
    this.pipeline = parts.pipeline();
    this.health = parts.health();
    this.group = group;
    this.schedule = schedule;
    this.samples = samples;
    this.signal = signal;
    this.clock = clock;
  }

  /** Whether a comparison was due, and was made. */
  boolean runIfDue() throws InterruptedException {
    if (!schedule.isDue()) {
      return false;
    }
    schedule.begins();
    Set<String> answered =
        folders.sources().stream()
            .filter(source -> !samples.isOff(source))
            .map(SourceConfig::name)
            .collect(Collectors.toSet());
    new ThreeWayReconcile(ledger, index, group, pipeline::isCurrent, answered).run(clock.instant());
    group.catchUp();
    schedule.ended();
    signal.call();
    recognizeWhatWasNot();
    return true;
  }

  private void recognizeWhatWasNot() {
    if (pipeline.recognizes()) {
      int files = ledger.recognizeWhatWasNot(pipeline.unreadFingerprint(), clock.instant());
      LOG.info("{} files wait for text recognition.", files);
    }
  }

  /** Damage is over when what was read again because of it has its result. */
  void noteRepaired() throws InterruptedException {
    if (health.isRepairing() && !schedule.isDue() && ledger.queue().depth() == 0) {
      health.repaired();
      LOG.info("What was damaged has been read again.");
    }
  }
}
