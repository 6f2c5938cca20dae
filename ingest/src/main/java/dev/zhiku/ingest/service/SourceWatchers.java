package dev.zhiku.ingest.service;

import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.health.DiskGuard;
import dev.zhiku.ingest.health.DiskState;
import dev.zhiku.ingest.source.SourceFolder;
import dev.zhiku.ingest.work.StopSignal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that watch the sources, one each. The samples wait until the user's own folders were
 * scanned once, but not for long. Thread-safe.
 */
final class SourceWatchers {
  private static final Logger LOG = LoggerFactory.getLogger(SourceWatchers.class);

  private final SourceFolders folders;
  private final SampleSwitch samples;
  private final DiskGuard disk;
  private final IngestTiming timing;
  private final StopSignal stop;
  private final CountDownLatch ownSeen;
  private final Map<String, Thread> threads = new LinkedHashMap<>();
  private boolean started;

  SourceWatchers(
      SourceFolders folders,
      SampleSwitch samples,
      DiskGuard disk,
      IngestTiming timing,
      StopSignal stop) {
    this.folders = folders;
    this.samples = samples;
    this.disk = disk;
    this.timing = timing;
    this.stop = stop;
    this.ownSeen =
        new CountDownLatch(
            (int) folders.all().stream().filter(folder -> !folder.config().sample()).count());
  }

  /** Without effect once they watch, or after the stop. */
  void start() {
    synchronized (threads) {
      if (started || !stop.running()) {
        return;
      }
      started = true;
      folders.all().forEach(this::startThread);
    }
  }

  /** Watches one more source, with the others or, if they are watched already, at once. */
  void add(SourceFolder folder) {
    synchronized (threads) {
      if (started && stop.running()) {
        startThread(folder);
      }
    }
  }

  private void startThread(SourceFolder folder) {
    String name = folder.config().name();
    Thread thread = IngestThreads.background("zhiku-source-" + name, () -> watch(folder));
    threads.put(name, thread);
    thread.start();
  }

  /** Waits for the end of the source's thread, but not for ever. */
  void awaitEnd(String source) throws InterruptedException {
    Thread watching;
    synchronized (threads) {
      watching = threads.get(source);
    }
    if (watching != null) {
      watching.join(timing.stop().toMillis());
    }
  }

  /** Waits for all threads; they end by the stop. */
  void join() {
    synchronized (threads) {
      threads.values().forEach(thread -> IngestThreads.join(thread, timing.stop()));
    }
  }

  private void watch(SourceFolder folder) {
    boolean sample = folder.config().sample();
    boolean first = true;
    try {
      if (sample && !ownSeen.await(timing.samplesWait().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("The first look at the own folders takes long; the samples do not wait for it.");
      }
      while (stop.running() && !folder.isGone() && !(sample && samples.isOff())) {
        if (sample && samples.ownFilesExist()) {
          // That file may be gone again before anybody switches the samples off.
          stop.rest(timing.upkeep());
          continue;
        }
        watchOnce(folder);
        if (first && !sample) {
          ownSeen.countDown();
        }
        first = false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (first && !sample) {
        ownSeen.countDown();
      }
    }
  }

  private void watchOnce(SourceFolder folder) throws InterruptedException {
    if (disk.state().mode() == DiskState.Mode.FULL) {
      stop.rest(timing.upkeep());
      return;
    }
    try {
      folder.tick();
    } catch (CatalogUnavailableException e) {
      folder.scanAllSoon();
      stop.rest(timing.upkeep());
    } catch (RuntimeException e) {
      LOG.error("Watching source {} goes on after a fault", folder.config().name(), e);
      folder.scanAllSoon();
      stop.rest(timing.storagePause());
    }
  }
}
