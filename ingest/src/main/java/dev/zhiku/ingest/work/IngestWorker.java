package dev.zhiku.ingest.work;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.CatalogEntry.Stage;
import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.catalog.Settlement;
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.ingest.outcome.FaultPoints;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.pipeline.IngestOutcome;
import dev.zhiku.ingest.pipeline.SourceDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims files and brings them through the pipeline, one at a time, on its own thread. Only the
 * pipeline is ever interrupted, never a call to the database.
 */
public final class IngestWorker implements Runnable {
  public static final String OWNER = "local";
  public static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration CHANGED_PAUSE = Duration.ofSeconds(2);
  private static final Duration STAGE_SHOWN_AFTER = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(IngestWorker.class);

  /**
   * What the workers share.
   *
   * @param clockStands held while a time of the clock is compared with what is due: between the two
   *     neither may be moved
   */
  public record Shared(
      DocumentLedger ledger,
      KnowledgeIndex index,
      DocumentPipeline pipeline,
      CommitGroup group,
      Pace pace,
      Wakeup wakeup,
      Clock clock,
      Lock clockStands,
      StoreHealth health,
      Function<Claim, Optional<SourceDocument>> documents,
      Predicate<String> sourceIsAway) {}

  private final Shared shared;
  private final List<Lane> lanes;
  private boolean newestFirst;
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
      long calls = shared.wakeup().calls();
      try {
        payBack();
        Optional<Claim> claim = mayRead() ? claim() : Optional.empty();
        owed = claim;
        if (claim.isPresent() && mayRead()) {
          bringThrough(claim.get());
          owed = Optional.empty();
        } else if (owed.isEmpty()) {
          shared.wakeup().sleep(calls, IDLE);
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
    return !paused && !shared.health().disk().state().isReadOnly() && shared.pipeline().canEmbed();
  }

  private void payBack() {
    if (owed.isPresent()) {
      shared.ledger().giveBack(owed.get(), Optional.of(shared.clock().instant()));
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

  /** Oldest and newest in turn: nobody starves, and a new file is not behind a thousand others. */
  private Optional<Claim> claim() {
    newestFirst = !newestFirst;
    Order order = newestFirst ? Order.NEWEST_FIRST : Order.OLDEST_FIRST;
    shared.clockStands().lock();
    try {
      Instant now = shared.clock().instant();
      for (Lane lane : lanes) {
        Optional<Claim> claim = shared.ledger().claim(OWNER, lane, order, now, LEASE);
        if (claim.isPresent()) {
          return claim;
        }
      }
      return Optional.empty();
    } finally {
      shared.clockStands().unlock();
    }
  }

  private void bringThrough(Claim claim) throws InterruptedException {
    long started = System.nanoTime();
    Optional<SourceDocument> document = shared.documents().apply(claim);
    Optional<IngestOutcome> outcome =
        document.isPresent() ? ingest(claim, document.get()) : Optional.empty();
    if (outcome.isPresent() && isFaultOfTheSource(claim, outcome.get())) {
      shared.ledger().giveBack(claim, Optional.of(shared.clock().instant().plus(CHANGED_PAUSE)));
      return;
    }
    if (outcome.isEmpty() || isFaultOfTheDisk(outcome.get(), started)) {
      shared.ledger().giveBack(claim, Optional.of(shared.clock().instant()));
      return;
    }
    if (!shared.ledger().holds(claim)) {
      dropIfGone(claim);
    }
    settle(claim, outcome.get());
  }

  /** On a full disk parsers fail in many ways, none of which says anything of the file. */
  private boolean isFaultOfTheDisk(IngestOutcome outcome, long startedNanos) {
    DiskGuard disk = shared.health().disk();
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
        && shared.sourceIsAway().test(claim.source());
  }

  private Optional<IngestOutcome> ingest(Claim claim, SourceDocument document) {
    if (!enterPipeline()) {
      return Optional.empty();
    }
    long started = System.nanoTime();
    try {
      DocumentPipeline pipeline = shared.pipeline();
      IngestOutcome outcome =
          recognizes()
              ? pipeline.recognize(document, stage -> show(claim, stage, started))
              : pipeline.ingest(document, stage -> show(claim, stage, started));
      return outcome instanceof IngestOutcome.Failed && stopped()
          ? endedByStop()
          : Optional.of(outcome);
    } catch (InterruptedException e) {
      return endedByStop();
    } catch (EmbedderAwayException e) {
      LOG.info("{} waits: {}", claim.path(), e.english());
      return Optional.empty();
    } finally {
      leavePipeline();
    }
  }

  /** What fails under an interrupt fails in many ways, none of which says anything of the file. */
  private Optional<IngestOutcome> endedByStop() {
    shared.group().touch(); // What the index took already is not embedded again.
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

  /** The file went while it was being stored: whoever removed it may have been earlier than we. */
  private void dropIfGone(Claim claim) throws InterruptedException {
    Optional<CatalogEntry> entry = shared.ledger().find(claim.id());
    if (entry.isEmpty() || entry.get().state() == State.SKIPPED) {
      shared.index().remove(claim.id());
      shared.group().touch();
    }
  }

  private void settle(Claim claim, IngestOutcome outcome) throws InterruptedException {
    switch (outcome) {
      case IngestOutcome.Indexed done -> {
        shared.pace().done(done.passages(), done.stamp().size());
        shared.group().add(indexed(claim, done));
      }
      case IngestOutcome.Unchanged same -> {
        shared.pace().done(0, same.stamp().size());
        shared.group().add(unchanged(claim, same));
      }
      case IngestOutcome.Skipped skipped ->
          drop(
              claim,
              new Settlement.NotIndexed(
                  claim,
                  State.SKIPPED,
                  Stage.DONE,
                  skipped.reading().mediaType(),
                  skipped.reading().sha256(),
                  skipped.reason(),
                  Optional.empty()));
      case IngestOutcome.NeedsRecognition needs -> {
        shared.ledger().handOver(claim, Lane.OCR, shared.clock().instant());
        shared.wakeup().call();
      }
      case IngestOutcome.Failed failed -> fail(claim, failed);
    }
  }

  private Settlement indexed(Claim claim, IngestOutcome.Indexed done) {
    return new Settlement.Indexed(
        claim,
        done.stamp(),
        done.document().mediaType(),
        done.document().sha256(),
        done.document().fingerprint(),
        done.passages(),
        done.pages(),
        Optional.of(done.language()),
        done.notes(),
        shared.clock().instant(),
        shared.pipeline().wantsRecognition(done.document())
            ? Optional.of(Lane.OCR)
            : Optional.empty());
  }

  private Settlement unchanged(Claim claim, IngestOutcome.Unchanged same) {
    return new Settlement.Unchanged(
        claim,
        same.stamp(),
        same.document().mediaType(),
        same.document().sha256(),
        same.document().fingerprint(),
        same.passages(),
        shared.clock().instant());
  }

  private void fail(Claim claim, IngestOutcome.Failed failed) throws InterruptedException {
    Instant now = shared.clock().instant();
    switch (failed.reason().code()) {
      case CHANGED_WHILE_READ ->
          shared.ledger().giveBack(claim, Optional.of(now.plus(CHANGED_PAUSE)));
      default ->
          drop(
              claim,
              new Settlement.NotIndexed(
                  claim,
                  State.FAILED,
                  failed.stage(),
                  failed.reading().mediaType(),
                  failed.reading().sha256(),
                  failed.reason(),
                  RetryPauses.after(failed.reason().code(), claim.attempts()).map(now::plus)));
    }
  }

  /** Whatever the index still holds of an earlier version is no more what the file says. */
  private void drop(Claim claim, Settlement.NotIndexed settlement) throws InterruptedException {
    shared.index().remove(claim.id());
    FaultPoints.hit("after-drop");
    shared.pace().done(0, claim.stamp().size());
    shared.group().add(settlement);
  }
}
