package dev.zhiku.ingest.work;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.health.DiskGuard;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits again and again what was put into the group, on a thread of its own that is never
 * interrupted. A change that comes alone is committed at once; while many come, once a second, and
 * the rarer the more there are, for each commit makes a segment that is merged later.
 */
public final class Committer {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration MORE = Duration.ofMillis(150);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** After commits of many results in a row: nobody waits for a file among thousands. */
  private static final Duration BETWEEN_MANY = Duration.ofSeconds(3);

  private static final int MANY = 32;
  private static final Duration STORAGE_PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  /** The parts that it works with. */
  public record Shared(
      CommitGroup group,
      DocumentLedger ledger,
      KnowledgeIndex index,
      DiskGuard disk,
      ReconcileSchedule schedule,
      WorkSignal signal,
      Clock clock) {}

  private final Shared shared;
  private final CommitGroup group;
  private final StopSignal stop;
  private final Thread thread =
      Thread.ofPlatform().name("zhiku-ingest-commit").daemon(true).unstarted(this::run);
  private volatile boolean committing = true;

  /**
   * @param stop given when the service begins to stop; commits go on until {@link #close}
   */
  public Committer(Shared shared, StopSignal stop) {
    this.shared = shared;
    this.group = shared.group();
    this.stop = stop;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    long last = System.nanoTime() - BETWEEN.toNanos();
    long between = BETWEEN.toNanos();
    while (committing) {
      try {
        long sinceLast = System.nanoTime() - last;
        group.gather(FIRST.toNanos(), Math.max(MORE.toNanos(), between - sinceLast));
        OptionalInt results = commit();
        if (results.isPresent()) {
          last = System.nanoTime();
          between = between(between, results.getAsInt());
        }
      } catch (CommitGroup.NotCommitted e) {
        LOG.error("A commit failed; its files are read again when the store works again", e);
        shared.disk().afterFailure();
        recover(e.claims());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("Committing goes on after a fault", e);
        stop.restQuietly(STORAGE_PAUSE);
      }
    }
  }

  private static long between(long before, int results) {
    return results >= MANY
        ? Math.min(BETWEEN_MANY.toNanos(), before + BETWEEN.toNanos())
        : BETWEEN.toNanos();
  }

  /** The number of results, if there was anything to commit. */
  private OptionalInt commit() throws InterruptedException {
    Optional<CommitGroup.Committed> committed = group.commit();
    if (committed.isEmpty()) {
      return OptionalInt.empty();
    }
    for (DocumentId id : committed.get().lost()) {
      if (shared.ledger().find(id).isEmpty()) {
        shared.index().remove(id);
        group.touch();
      }
    }
    shared.signal().call();
    return OptionalInt.of(committed.get().results().size());
  }

  /** Hands files back whose passages may be lost, as soon as the catalogue takes it. */
  private void recover(List<Claim> claims) {
    List<Claim> left = new ArrayList<>(claims);
    do {
      stop.restQuietly(STORAGE_PAUSE);
      try {
        while (!left.isEmpty()) {
          shared.ledger().giveBack(left.get(0), Optional.of(shared.clock().instant()));
          left.remove(0);
        }
      } catch (CatalogUnavailableException e) {
        left.clear(); // Whoever opens it again gives all claims back.
      } catch (RuntimeException e) {
        LOG.warn("The catalogue cannot be written yet: {}", e.getMessage());
      }
    } while (!left.isEmpty() && committing && stop.running());
    shared.schedule().now();
  }

  /** Ends the thread and commits what is left; nothing may be put into the group any more. */
  public void close() {
    committing = false;
    group.hurry();
    try {
      thread.join(PATIENCE.toMillis());
      commit();
      shared.ledger().releaseLeases(IngestWorker.OWNER);
    } catch (RuntimeException e) {
      LOG.warn("The last commit failed; the files it was for are read again at the next start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
