package dev.zhiku.app.wiring;

import dev.zhiku.ingest.extract.ocr.Tesseract;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then whether Tesseract was installed since the start, until it was. */
final class RecognitionWatch implements AutoCloseable {
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(RecognitionWatch.class);

  private final Search search;
  private final Consumer<? super Tesseract> found;
  private final Duration pause;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("zhiku-recognition-watch").daemon(true).unstarted(this::watch);

  /** A look for it. */
  interface Search {
    Optional<Tesseract> find() throws InterruptedException;
  }

  private RecognitionWatch(Search search, Consumer<? super Tesseract> found, Duration pause) {
    this.search = search;
    this.found = found;
    this.pause = pause;
  }

  /**
   * Begins to look.
   *
   * @param found told once, on a thread of its own
   */
  static RecognitionWatch start(Search search, Consumer<? super Tesseract> found, Duration pause) {
    RecognitionWatch watch = new RecognitionWatch(search, found, pause);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        Optional<Tesseract> tesseract = search.find();
        if (tesseract.isPresent()) {
          LOG.info(
              "Text recognition: {} for {} was installed; what waited for it is read now.",
              tesseract.get().program(),
              tesseract.get().languages());
          found.accept(tesseract.get());
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("Text recognition that was installed is used after the next start", e);
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
