package dev.zhiku.ingest.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of what a child writes to standard error: logged line by line as far as a budget goes,
 * and the last lines kept for the report of its end. Thread-safe.
 */
final class StderrTail {
  private static final Logger LOG = LoggerFactory.getLogger(StderrTail.class);
  private static final int KEPT_LINES = 40;
  private static final int LINE_CHARACTERS = 400;
  private static final int LOGGED_LINES_PER_CHILD = 2_000;

  private static final int DRAIN_SECONDS = 2;

  private final String child;
  private final CountDownLatch drained = new CountDownLatch(1);
  private final Deque<String> kept = new ArrayDeque<>();
  private int logged;

  private StderrTail(String child) {
    this.child = child;
  }

  /** Reads the stream to its end on a thread of its own. */
  static StderrTail of(String child, InputStream errors) {
    StderrTail tail = new StderrTail(child);
    Thread.ofPlatform().daemon().name("zhiku-" + child + "-log").start(() -> tail.drain(errors));
    return tail;
  }

  /** The last lines; of a child that has ended, all it had to say. */
  String text() throws InterruptedException {
    drained.await(DRAIN_SECONDS, TimeUnit.SECONDS);
    synchronized (this) {
      return String.join("\n", kept);
    }
  }

  private void drain(InputStream errors) {
    try (Reader reader =
        new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          keep(line.toString());
          line.setLength(0);
        } else if (line.length() < LINE_CHARACTERS && (c >= ' ' || c == '\t')) {
          line.append((char) c);
        }
      }
      keep(line.toString());
    } catch (IOException closed) {
      LOG.trace("{}: its log closed", child, closed);
    } finally {
      drained.countDown();
    }
  }

  private synchronized void keep(String line) {
    if (line.isBlank()) {
      return;
    }
    kept.addLast(line);
    if (kept.size() > KEPT_LINES) {
      kept.removeFirst();
    }
    if (logged < LOGGED_LINES_PER_CHILD) {
      logged++;
      LOG.debug("{}: {}", child, line);
    }
  }
}
