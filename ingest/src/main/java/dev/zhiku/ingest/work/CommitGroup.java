package dev.zhiku.ingest.work;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.catalog.DocumentLedger;
import dev.zhiku.ingest.outcome.FaultPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes changes of the index durable together, and only then writes down in the catalogue what has
 * become of the files. Changes are put in after the index has accepted them; one thread commits.
 */
public final class CommitGroup {
  /** So many results are committed without waiting for more. */
  public static final int FULL = 512;

  /** So many may wait before those who bring more have to wait too. */
  public static final int MOST = 2 * FULL;

  private final KnowledgeIndex index;
  private final DocumentLedger ledger;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<ClaimResult> waiting = new ArrayList<>();
  private boolean touched;
  private boolean hurried;
  private long requested;
  private long durable;
  private long failures;
  private long epoch;
  private volatile ResultWatch watch = ResultWatch.NONE;

  /**
   * @param epoch of the index's last commit
   */
  public CommitGroup(KnowledgeIndex index, DocumentLedger ledger, long epoch) {
    this.index = index;
    this.ledger = ledger;
    this.epoch = epoch;
  }

  /** From now on somebody is told of each result, once it is durable. */
  public void watchedBy(ResultWatch watching) {
    watch = watching;
  }

  /** Whether the catalogue has seen a commit that the index does not have. */
  public boolean isAhead() throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      return ledger.epoch() > snapshot.epoch();
    }
  }

  /** Writes down the index's epoch once nothing of it is missing from the catalogue. */
  public void catchUp() throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      if (ledger.epoch() < snapshot.epoch()) {
        ledger.recordResults(snapshot.epoch(), List.of());
      }
    }
  }

  /**
   * The number of commits of the index that failed so far. A failed commit takes back every change
   * that the index had accepted, also those whose results had not been put in yet.
   */
  public long failures() {
    lock.lock();
    try {
      return failures;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Records the result with the next commit; waits while too many wait already.
   *
   * @param failuresBefore {@link #failures} as it was before the index was changed for this result
   * @return false if a commit has failed since: the index may have lost the change, and nothing is
   *     recorded
   */
  public boolean add(ClaimResult result, long failuresBefore) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.size() >= MOST) {
        changed.await();
      }
      if (failures != failuresBefore) {
        return false;
      }
      waiting.add(result);
      touch();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Removes the document from the index and records with the next commit that it is gone. */
  public void remove(DocumentId document) throws InterruptedException {
    boolean recorded = false;
    while (!recorded) {
      long before = failures();
      index.remove(document);
      FaultPoint.AFTER_REMOVE.hit();
      recorded = add(new ClaimResult.Removed(document), before);
    }
  }

  /** The index was changed in a way that needs a commit and no result. */
  public void touch() {
    lock.lock();
    try {
      touched = true;
      requested++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything that was put in before is durable. */
  public void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long mine = requested;
      if (durable < mine) {
        hurry();
      }
      while (durable < mine) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends {@link #gather} at once, or the next if none is under way. */
  public void hurry() {
    lock.lock();
    try {
      hurried = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a first change, and then for more until the group is full, somebody waits for it, or
   * the time is over.
   */
  public void gather(long firstNanos, long moreNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long first = firstNanos;
      while (!touched && !hurried && first > 0) {
        first = changed.awaitNanos(first);
      }
      long more = moreNanos;
      while (touched && !hurried && waiting.size() < FULL && more > 0) {
        more = changed.awaitNanos(more);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The results that one commit made durable. */
  public record Committed(List<ClaimResult> results, Set<DocumentId> lost) {}

  /**
   * Commits what is there.
   *
   * @return empty if there was nothing
   * @throws NotCommitted if a store failed; the group is empty all the same
   */
  public Optional<Committed> commit() throws InterruptedException {
    List<ClaimResult> batch;
    long upTo;
    lock.lock();
    try {
      hurried = false;
      if (!touched) {
        return Optional.empty();
      }
      batch = waiting;
      waiting = new ArrayList<>();
      touched = false;
      upTo = requested;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Set<DocumentId> lost = store(batch);
    batch.stream().filter(result -> !lost.contains(document(result))).forEach(watch::recorded);
    lock.lock();
    try {
      durable = upTo;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return Optional.of(new Committed(batch, lost));
  }

  private Set<DocumentId> store(List<ClaimResult> batch) throws InterruptedException {
    try {
      if (!ledger.isOpen()) {
        throw new CatalogUnavailableException("nothing is committed that it cannot be told of");
      }
      epoch = next();
      FaultPoint.BEFORE_INDEX_COMMIT.hit();
      commitIndex(batch);
      FaultPoint.AFTER_INDEX_COMMIT.hit();
      Set<DocumentId> lost = ledger.recordResults(epoch, batch);
      FaultPoint.AFTER_RESULTS.hit();
      return lost;
    } catch (RuntimeException e) {
      throw new NotCommitted(claims(batch), e);
    }
  }

  /**
   * After a failure, the results of the batch are joined by those that came meanwhile: their
   * changes may have been accepted before it.
   */
  private void commitIndex(List<ClaimResult> batch) throws InterruptedException {
    try {
      index.commit(epoch);
    } catch (RuntimeException e) {
      lock.lock();
      try {
        failures++;
        batch.addAll(waiting);
        waiting = new ArrayList<>();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      throw e;
    }
  }

  /**
   * One above what the catalogue knows, again for a commit that it was never told of: after
   * whatever end, the index is at most one commit ahead, and further apart means that a store was
   * damaged.
   */
  private long next() {
    return Math.max(epoch, ledger.epoch() + 1);
  }

  private static DocumentId document(ClaimResult result) {
    return switch (result) {
      case ClaimResult.Indexed file -> file.claim().id();
      case ClaimResult.Unchanged file -> file.claim().id();
      case ClaimResult.NotIndexed file -> file.claim().id();
      case ClaimResult.Removed file -> file.id();
    };
  }

  private static List<Claim> claims(List<ClaimResult> batch) {
    List<Claim> claims = new ArrayList<>();
    for (ClaimResult result : batch) {
      switch (result) {
        case ClaimResult.Indexed file -> claims.add(file.claim());
        case ClaimResult.Unchanged file -> claims.add(file.claim());
        case ClaimResult.NotIndexed file -> claims.add(file.claim());
        case ClaimResult.Removed file -> {}
      }
    }
    return claims;
  }

  /** A commit failed; the files it was for have to be read again. */
  public static final class NotCommitted extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Claim> claims;

    NotCommitted(List<Claim> claims, RuntimeException cause) {
      super(cause.getMessage(), cause);
      this.claims = claims;
    }

    List<Claim> claims() {
      return claims;
    }
  }
}
