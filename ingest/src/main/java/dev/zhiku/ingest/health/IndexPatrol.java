package dev.zhiku.ingest.health;

import dev.zhiku.index.IndexVerifier;
import dev.zhiku.index.IndexVerifier.Verification;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole index again and again, on a thread of its own, so that a damage is found before
 * anybody misses what it took away.
 */
public final class IndexPatrol implements AutoCloseable {
  /**
   * Disks decay over months, and a round reads the index once at the disk's speed: four a day cost
   * a minute of reading at 10 GB.
   */
  public static final Duration EVERY = Duration.ofHours(6);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(IndexPatrol.class);

  private final IndexVerifier index;
  private final StoreHealth health;
  private final Runnable repair;
  private final Clock clock;
  private final Duration every;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  private IndexPatrol(
      IndexVerifier index, StoreHealth health, Runnable repair, Clock clock, Duration every) {
    this.index = index;
    this.health = health;
    this.repair = repair;
    this.clock = clock;
    this.every = every;
    this.thread = Thread.ofPlatform().name("zhiku-index-patrol").daemon().unstarted(this::walk);
  }

  /**
   * Starts the first round at once, unless the index was verified when it was opened.
   *
   * @param repair called after damaged parts were taken out: what is missing has to be stored again
   * @param every pause between rounds
   */
  public static IndexPatrol start(
      IndexVerifier index, StoreHealth health, Runnable repair, Clock clock, Duration every) {
    IndexPatrol patrol = new IndexPatrol(index, health, repair, clock, every);
    patrol.thread.start();
    return patrol;
  }

  private void walk() {
    try {
      boolean rest = health.indexVerifiedAt().isPresent();
      while (!rest || !stopping.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        rest = true;
        while (!round() && !stopping.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.info("The verification of the index begins again.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False if it could not be finished. */
  private boolean round() throws InterruptedException {
    try {
      Verification found = index.verify();
      if (!found.isSound()) {
        health.damaged(StoreHealth.Store.INDEX, clock.instant(), describe(found));
        repair.run();
      }
      health.indexVerified(clock.instant());
      return true;
    } catch (RuntimeException e) {
      if (stopping.getCount() > 0) {
        LOG.error("The index could not be verified", e);
      }
      return false;
    }
  }

  /** The damage and where it is kept, as shown to an administrator. */
  public static String describe(Verification found) {
    String kept =
        found
            .aside()
            .map(aside -> " The damaged files are kept in index/" + aside.getFileName() + ".")
            .orElse("");
    return "The index was damaged: " + String.join("; ", found.damage()) + "." + kept;
  }

  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
