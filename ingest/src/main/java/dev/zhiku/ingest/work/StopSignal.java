package dev.zhiku.ingest.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The request to stop, and pauses that end with it. Thread-safe. */
public final class StopSignal {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

  private final CountDownLatch stopping = new CountDownLatch(1);

  /** Requests the stop, for good. */
  public void stop() {
    stopping.countDown();
  }

  public boolean running() {
    return stopping.getCount() > 0;
  }

  /** Rests so long, or until the stop. */
  public void rest(Duration most) throws InterruptedException {
    boolean ended = stopping.await(most.toMillis(), TimeUnit.MILLISECONDS);
    if (ended) {
      LOG.debug("The ingest is stopping.");
    }
  }

  /** The same; an interrupt ends the rest and stays set. */
  public void restQuietly(Duration most) {
    try {
      rest(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
