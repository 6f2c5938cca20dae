package dev.zhiku.ingest.work;

import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.pipeline.IngestOutcome;
import dev.zhiku.ingest.pipeline.SourceDocument;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims files and brings them through the pipeline, one at a time, on its own thread. Only the
 * pipeline is ever interrupted, never a call to the database.
 */
public final class IngestWorker implements Runnable {
  public static final String OWNER = "local";
  static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration STAGE_SHOWN_AFTER = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(IngestWorker.class);

  /** The parts that the workers share. */
  public record Shared(
      DocumentLedger ledger,
      DocumentPipeline pipeline,
      OutcomeRecorder recorder,
      ClaimSources sources,
      WorkSignal signal,
      ClaimsAhead ahead,
      DueClock clock,
      DiskGuard disk) {}

  private final Shared shared;
  private final List<Lane> lanes;
  private volatile boolean paused;
  private boolean stopping;
  private Optional<Thread> interruptible = Optional.empty();

  /** A claim that could not be handed back; nothing else is begun before it is. */
  private Optional<Claim> owed = Optional.empty();

  /**
   * @param lanes in the order in which they are asked for work
   */
  public IngestWorker(Shared shared, List<Lane> lanes, boolean paused) {
    this.shared = shared;
    this.lanes = lanes;
    this.paused = paused;
  }

  public void pause(boolean on) {
    paused = on;
  }

  /** Ends the present file's way and then the thread. */
  public synchronized void stop() {
    stopping = true;
    interruptible.ifPresent(Thread::interrupt);
  }

  private synchronized boolean stopped() {
    return stopping;
  }

  private synchronized boolean enterPipeline() {
    if (!stopping) {
      interruptible = Optional.of(Thread.currentThread());
    }
    return !stopping;
  }

  /**
   * Afterwards no interrupt can come any more.
   *
   * @return whether one had come; it is forgotten
   */
  private synchronized boolean leavePipeline() {
    interruptible = Optional.empty();
    return Thread.interrupted();
  }

  @Override
  public void run() {
    while (!stopped()) {
      long calls = shared.signal().calls();
      try {
        payBack();
        Optional<Claim> claim = claim();
        owed = claim;
        if (claim.isPresent() && mayRead()) {
          bringThrough(claim.get());
          owed = Optional.empty();
        } else if (owed.isEmpty()) {
          shared.signal().sleep(calls, IDLE);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (CatalogUnavailableException e) {
        restABit();
      } catch (RuntimeException e) {
        LOG.error("A worker of the ingest goes on after a fault", e);
        restABit();
      }
    }
  }

  private boolean mayRead() {
    return !paused && !shared.disk().state().isReadOnly() && shared.pipeline().canEmbed();
  }

  private void payBack() {
    if (owed.isPresent()) {
      shared.recorder().giveBack(owed.get());
      owed = Optional.empty();
    }
  }

  private void restABit() {
    try {
      Thread.sleep(IDLE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Claim> claim() {
    if (mayRead()) {
      return shared.ahead().next(lanes, this::mayRead);
    }
    shared.ahead().giveBack();
    return Optional.empty();
  }

  private void bringThrough(Claim claim) throws InterruptedException {
    long started = System.nanoTime();
    long failedBefore = shared.recorder().failedCommits();
    Optional<SourceDocument> document = shared.sources().document(claim);
    Optional<IngestOutcome> outcome =
        document.isPresent() ? ingest(claim, document.get()) : Optional.empty();
    if (outcome.isPresent() && isFaultOfTheSource(claim, outcome.get())) {
      shared.recorder().giveBackForLater(claim);
      return;
    }
    if (outcome.isEmpty() || isFaultOfTheDisk(outcome.get(), started)) {
      shared.recorder().giveBack(claim);
      return;
    }
    if (!shared.ledger().holds(claim)) {
      shared.recorder().dropIfGone(claim);
    }
    shared.recorder().record(claim, outcome.get(), failedBefore);
  }

  /** On a full disk parsers fail in many ways, none of which says anything of the file. */
  private boolean isFaultOfTheDisk(IngestOutcome outcome, long startedNanos) {
    DiskGuard disk = shared.disk();
    return switch (outcome) {
      case IngestOutcome.Indexed done -> false;
      case IngestOutcome.Unchanged same -> false;
      case IngestOutcome.NeedsRecognition needs -> false;
      case IngestOutcome.Skipped skipped ->
          disk.state().isReadOnly() || disk.wasShortSince(startedNanos);
      case IngestOutcome.Failed failed ->
          disk.afterFailure().isReadOnly() || disk.wasShortSince(startedNanos);
    };
  }

  /** Nothing is held against a file that went away with its source. */
  private boolean isFaultOfTheSource(Claim claim, IngestOutcome outcome) {
    return outcome instanceof IngestOutcome.Failed failed
        && failed.reason().code() == ReasonCode.UNREADABLE
        && shared.sources().isAway(claim.source());
  }

  private Optional<IngestOutcome> ingest(Claim claim, SourceDocument document) {
    if (!enterPipeline()) {
      return Optional.empty();
    }
    long started = System.nanoTime();
    try {
      DocumentPipeline pipeline = shared.pipeline();
      Optional<IngestOutcome> outcome =
          pipeline.ingestIfWanted(
              document,
              stage -> show(claim, stage, started),
              recognizes(),
              () -> shared.ledger().holds(claim));
      return outcome.filter(IngestOutcome.Failed.class::isInstance).isPresent() && stopped()
          ? endedByStop()
          : outcome;
    } catch (InterruptedException e) {
      return endedByStop();
    } catch (EmbedderAwayException e) {
      LOG.info("{} waits: {}", claim.path(), e.what().english());
      return Optional.empty();
    } finally {
      leavePipeline();
    }
  }

  /** What fails under an interrupt fails in many ways, none of which says anything of the file. */
  private Optional<IngestOutcome> endedByStop() {
    shared.recorder().keepWhatWasStored();
    return Optional.empty();
  }

  /** The lane of text recognition has a worker of its own, where there is recognition at all. */
  private boolean recognizes() {
    return lanes.equals(List.of(Lane.OCR));
  }

  private void show(Claim claim, Stage stage, long startedNanos) {
    if (System.nanoTime() - startedNanos < STAGE_SHOWN_AFTER.toNanos()) {
      return;
    }
    boolean interrupted = leavePipeline();
    try {
      shared.ledger().stage(claim, stage);
    } finally {
      if (!enterPipeline() || interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
