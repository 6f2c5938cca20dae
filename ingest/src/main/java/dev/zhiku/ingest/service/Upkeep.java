package dev.zhiku.ingest.service;

import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.health.DiskState;
import dev.zhiku.ingest.work.DueClock;
import dev.zhiku.ingest.work.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that does again and again, in order, what keeps the ingest going. A task that fails
 * ends its round; the next begins after a pause. On a full disk no task is done.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /** One part of a round; nothing to do is usual. */
  interface Task {
    void run() throws InterruptedException;
  }

  private final IngestTiming timing;
  private final StopSignal stop;
  private final DueClock clock;
  private final DiskGuard disk;
  private final List<Task> tasks;
  private final Thread thread = IngestThreads.upkeep("zhiku-ingest-upkeep", this::run);

  Upkeep(IngestTiming timing, StopSignal stop, DueClock clock, DiskGuard disk, List<Task> tasks) {
    this.timing = timing;
    this.stop = stop;
    this.clock = clock;
    this.disk = disk;
    this.tasks = List.copyOf(tasks);
  }

  void start() {
    thread.start();
  }

  void join() {
    IngestThreads.join(thread, timing.stop());
  }

  /** The task after each such pause, the first one included. */
  static Task every(Duration pause, Task task) {
    return new Task() {
      private long lastNanos = System.nanoTime();

      @Override
      public void run() throws InterruptedException {
        if (System.nanoTime() - lastNanos > pause.toNanos()) {
          task.run();
          lastNanos = System.nanoTime();
        }
      }
    };
  }

  /** The task at once, and on each later day. */
  static Task daily(Clock clock, Task task) {
    return new Task() {
      private long doneOn;

      @Override
      public void run() throws InterruptedException {
        long day = clock.instant().getEpochSecond() / Duration.ofDays(1).toSeconds();
        if (day != doneOn) {
          task.run();
          doneOn = day;
        }
      }
    };
  }

  private void run() {
    while (stop.running()) {
      try {
        clock.follow();
        if (disk.state().mode() != DiskState.Mode.FULL) {
          for (Task task : tasks) {
            task.run();
          }
        }
        stop.rest(timing.upkeep());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (CatalogUnavailableException e) {
        LOG.warn("The catalogue is opened again later: {}", e.toString());
        disk.afterFailure();
        stop.restQuietly(timing.reopeningPause());
      } catch (RuntimeException e) {
        LOG.error("The upkeep of the ingest goes on after a fault", e);
        stop.restQuietly(timing.storagePause());
      }
    }
  }
}
