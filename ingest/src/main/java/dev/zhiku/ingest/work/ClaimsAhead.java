package dev.zhiku.ingest.work;

import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.Claim.Lane;
import dev.zhiku.ingest.catalog.Claim.Order;
import dev.zhiku.ingest.catalog.DocumentLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small files claimed ahead for all workers, in batches that they read in about half a second: a
 * transaction for each would cost more than reading it. Other files are claimed one at a time.
 * Thread-safe.
 */
public final class ClaimsAhead {
  /** So many files at the most wait here for a worker. */
  static final int MOST = 32;

  private static final Duration SOON = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(ClaimsAhead.class);

  private final DocumentLedger ledger;
  private final DueClock clock;
  private final Deque<Claim> waiting = new ArrayDeque<>();
  private int batch = 1;
  private boolean full;
  private long filledNanos = System.nanoTime();
  private boolean newestFirst;

  public ClaimsAhead(DocumentLedger ledger, DueClock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * The next file for a worker, which it owes a result or gives back.
   *
   * @param lanes in the order in which they are asked
   * @param mayRead whether the worker may still read when its turn to claim has come; if not,
   *     nothing is claimed, for each claim counts as an attempt at the file
   */
  synchronized Optional<Claim> next(List<Lane> lanes, BooleanSupplier mayRead) {
    if (!mayRead.getAsBoolean()) {
      return Optional.empty();
    }
    for (Lane lane : lanes) {
      if (lane == Lane.SMALL && waiting.isEmpty()) {
        fill();
      }
      Optional<Claim> claim =
          lane == Lane.SMALL
              ? Optional.ofNullable(waiting.poll())
              : claim(lane, 1).stream().findFirst();
      if (claim.isPresent()) {
        return claim;
      }
    }
    return Optional.empty();
  }

  /** Files that take their time are not claimed far ahead: new ones would wait behind them. */
  private void fill() {
    boolean readSoon = System.nanoTime() - filledNanos < SOON.toNanos();
    int quick = readSoon ? Math.min(MOST, 2 * batch) : Math.max(1, batch / 2);
    batch = full ? quick : 1;
    List<Claim> claims = claim(Lane.SMALL, batch);
    waiting.addAll(claims);
    full = claims.size() == batch;
    filledNanos = System.nanoTime();
  }

  /** Oldest and newest in turn: nobody starves, and a new file is not behind a thousand others. */
  private List<Claim> claim(Lane lane, int most) {
    newestFirst = !newestFirst;
    Order order = newestFirst ? Order.NEWEST_FIRST : Order.OLDEST_FIRST;
    clock.unmoved().lock();
    try {
      Instant now = clock.now();
      return ledger.claim(IngestWorker.OWNER, lane, order, now, IngestWorker.LEASE, most);
    } finally {
      clock.unmoved().unlock();
    }
  }

  /** Gives back what no worker has begun. */
  synchronized void giveBack() {
    List<Claim> unread = new ArrayList<>(waiting);
    if (unread.isEmpty()) {
      return;
    }
    try {
      ledger.giveBackUnread(unread);
    } catch (CatalogUnavailableException e) {
      LOG.debug("Whoever opens the catalogue again gives all claims back: {}", e.toString());
    }
    waiting.clear();
  }
}
