package dev.zhiku.app.wiring;

import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.lucene.LiveIndex;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a new generation of the index answer as soon as it is complete. The ingest fills it: what
 * was made with other versions is read again. Ends by itself when nothing is left to do.
 */
final class RebuildWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RebuildWatch.class);

  /** How often it is asked whether anything waits to be read. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Looking through both generations costs more than asking: at least after so many pauses. */
  private static final int MOST_PAUSES = 60;

  private final LiveIndex index;
  private final Predicate<DocumentMeta> upToDate;
  private final DocumentCatalog catalog;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("zhiku-index-rebuild").daemon(true).unstarted(this::watch);

  private RebuildWatch(LiveIndex index, Predicate<String> current, DocumentCatalog catalog) {
    this.index = index;
    this.upToDate = document -> current.test(document.fingerprint());
    this.catalog = catalog;
  }

  /**
   * Begins a rebuild, or goes on with one, if any document needs it. To be called before the ingest
   * starts.
   *
   * @param current whether a document with this fingerprint may stand beside those made now
   */
  static RebuildWatch start(LiveIndex index, Predicate<String> current, DocumentCatalog catalog)
      throws InterruptedException {
    RebuildWatch watch = new RebuildWatch(index, current, catalog);
    if (index.rebuild(watch.upToDate)) {
      watch.thread.start();
    }
    return watch;
  }

  private void watch() {
    int pauses = 0;
    boolean busy = true;
    boolean done = false;
    while (!done) {
      try {
        if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        pauses++;
        boolean waits = catalog.queue().depth() > 0;
        if ((busy && !waits) || pauses >= MOST_PAUSES) {
          pauses = 0;
          done = index.switchIfComplete(upToDate);
        }
        busy = waits;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (CatalogUnavailableException e) {
        LOG.debug("The new index generation waits for the catalogue: {}", e.toString());
      } catch (RuntimeException e) {
        LOG.warn("The new index generation could not be taken into use yet", e);
      }
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
