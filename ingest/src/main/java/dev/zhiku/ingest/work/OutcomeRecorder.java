package dev.zhiku.ingest.work;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.outcome.FaultPoint;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.pipeline.IngestOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The record of what has become of claimed files: in the catalogue once the index has committed it,
 * or at once where a file goes back to the queue. Thread-safe.
 */
public final class OutcomeRecorder {
  private static final Duration CHANGED_PAUSE = Duration.ofSeconds(2);

  private final DocumentLedger ledger;
  private final DocumentPipeline pipeline;
  private final CommitGroup group;
  private final Throughput throughput;
  private final WorkSignal signal;
  private final Clock clock;

  public OutcomeRecorder(
      DocumentLedger ledger,
      DocumentPipeline pipeline,
      CommitGroup group,
      Throughput throughput,
      WorkSignal signal,
      Clock clock) {
    this.ledger = ledger;
    this.pipeline = pipeline;
    this.group = group;
    this.throughput = throughput;
    this.signal = signal;
    this.clock = clock;
  }

  /** Nothing was found out of the file: somebody may claim it at once. */
  void giveBack(Claim claim) {
    ledger.giveBack(claim, Optional.of(clock.instant()));
  }

  /** Somebody may claim the file when it, or its source, had time to come to rest. */
  void giveBackForLater(Claim claim) {
    ledger.giveBack(claim, Optional.of(clock.instant().plus(CHANGED_PAUSE)));
  }

  /** The way of a file ended early: what the index took of it already is kept by a commit. */
  void keepWhatWasStored() {
    group.touch();
  }

  /** The file went while it was being stored: whoever removed it may have been earlier than we. */
  void dropIfGone(Claim claim) throws InterruptedException {
    if (isGone(claim.id()) && pipeline.removeIfWanted(claim.id(), () -> isGone(claim.id()))) {
      group.touch();
    }
  }

  private boolean isGone(DocumentId document) {
    Optional<CatalogEntry> entry = ledger.find(document);
    return entry.isEmpty() || entry.get().state() == State.SKIPPED;
  }

  /** To be asked before a file is brought through, for {@link #record}. */
  long failedCommits() {
    return group.failures();
  }

  /**
   * Writes down what has become of the claimed file, with the next commit; hands it back if a
   * commit failed meanwhile, which may have taken back what the index had accepted of it.
   */
  void record(Claim claim, IngestOutcome outcome, long failedBefore) throws InterruptedException {
    switch (outcome) {
      case IngestOutcome.Indexed done -> {
        throughput.done(done.passages(), done.stamp().size());
        add(claim, indexed(claim, done), failedBefore);
      }
      case IngestOutcome.Unchanged same -> {
        throughput.done(0, same.stamp().size());
        add(claim, unchanged(claim, same), failedBefore);
      }
      case IngestOutcome.Skipped skipped ->
          drop(
              claim,
              new ClaimResult.NotIndexed(
                  claim,
                  State.SKIPPED,
                  Stage.DONE,
                  skipped.reading().mediaType(),
                  skipped.reading().sha256(),
                  pipeline.fingerprint(),
                  skipped.reason(),
                  Optional.empty()),
              failedBefore);
      case IngestOutcome.NeedsRecognition needs -> {
        ledger.handOver(claim, Lane.OCR, clock.instant());
        signal.call();
      }
      case IngestOutcome.Failed failed -> fail(claim, failed, failedBefore);
    }
  }

  private ClaimResult indexed(Claim claim, IngestOutcome.Indexed done) {
    return new ClaimResult.Indexed(
        claim,
        done.stamp(),
        done.document().mediaType(),
        done.document().sha256(),
        done.document().fingerprint(),
        done.passages(),
        done.pages(),
        Optional.of(done.language()),
        done.notes(),
        clock.instant(),
        pipeline.wantsRecognition(done.document()) ? Optional.of(Lane.OCR) : Optional.empty());
  }

  private ClaimResult unchanged(Claim claim, IngestOutcome.Unchanged same) {
    return new ClaimResult.Unchanged(
        claim,
        same.stamp(),
        same.document().mediaType(),
        same.document().sha256(),
        same.document().fingerprint(),
        same.passages(),
        clock.instant());
  }

  private void fail(Claim claim, IngestOutcome.Failed failed, long failedBefore)
      throws InterruptedException {
    Instant now = clock.instant();
    switch (failed.reason().code()) {
      case CHANGED_WHILE_READ -> giveBackForLater(claim);
      default ->
          drop(
              claim,
              new ClaimResult.NotIndexed(
                  claim,
                  State.FAILED,
                  failed.stage(),
                  failed.reading().mediaType(),
                  failed.reading().sha256(),
                  pipeline.fingerprint(),
                  failed.reason(),
                  RetryPauses.after(failed.reason().code(), claim.attempts()).map(now::plus)),
              failedBefore);
    }
  }

  /**
   * Whatever the index still holds of an earlier version is no more what the file says. A later
   * version is stored or dropped by its own claim: nothing of it is touched, and the file is free
   * for that claim.
   */
  private void drop(Claim claim, ClaimResult.NotIndexed result, long failedBefore)
      throws InterruptedException {
    if (!ledger.holds(claim) || !pipeline.removeIfWanted(claim.id(), () -> ledger.holds(claim))) {
      giveBack(claim);
      return;
    }
    FaultPoint.AFTER_DROP.hit();
    throughput.done(0, claim.stamp().size());
    add(claim, result, failedBefore);
  }

  private void add(Claim claim, ClaimResult result, long failedBefore) throws InterruptedException {
    if (!group.add(result, failedBefore)) {
      giveBack(claim);
    }
  }
}
