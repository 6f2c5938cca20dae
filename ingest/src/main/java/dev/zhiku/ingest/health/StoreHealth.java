package dev.zhiku.ingest.health;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the stores since the service started. It is kept in memory: when it matters most
 * there is nowhere to write it. Thread-safe.
 */
public final class StoreHealth {
  /** So many repairs are remembered. */
  public static final int MAX_REPAIRS = 10;

  private final DiskGuard disk;
  private final Deque<Repair> repairs = new ArrayDeque<>();
  private Optional<Instant> indexVerifiedAt = Optional.empty();

  public StoreHealth(DiskGuard disk) {
    this.disk = disk;
  }

  /** A store. */
  public enum Store {
    INDEX,
    CATALOGUE
  }

  /**
   * A damage that was found.
   *
   * @param what was found and where it was put, in English
   * @param running whether files still wait to be read again because of it
   */
  public record Repair(Store store, Instant at, String what, boolean running) {
    private Repair done() {
      return new Repair(store, at, what, false);
    }
  }

  public DiskGuard disk() {
    return disk;
  }

  /** A store is damaged and was set aside, as far as it is; what is missing is to be read again. */
  public synchronized void damaged(Store store, Instant at, String what) {
    repairs.addFirst(new Repair(store, at, what, true));
    if (repairs.size() > MAX_REPAIRS) {
      repairs.removeLast();
    }
  }

  /** Nothing waits any more because of any damage known so far. */
  public synchronized void repaired() {
    List<Repair> done = new ArrayList<>();
    repairs.forEach(repair -> done.add(repair.done()));
    repairs.clear();
    repairs.addAll(done);
  }

  /** Newest first. */
  public synchronized List<Repair> repairs() {
    return List.copyOf(repairs);
  }

  /** Whether answers may lack something because the store was damaged. */
  public synchronized boolean isRepairing(Store store) {
    return repairs.stream().anyMatch(repair -> repair.running() && repair.store() == store);
  }

  public synchronized boolean isRepairing() {
    return repairs.stream().anyMatch(Repair::running);
  }

  /** Every byte of the index was compared with its checksum. */
  public synchronized void indexVerified(Instant at) {
    indexVerifiedAt = Optional.of(at);
  }

  /**
   * The time when the whole index was last found to be as written; empty if not since the start.
   */
  public synchronized Optional<Instant> indexVerifiedAt() {
    return indexVerifiedAt;
  }
}
