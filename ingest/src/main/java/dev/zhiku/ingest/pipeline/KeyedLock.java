package dev.zhiku.ingest.pipeline;

import java.util.HashSet;
import java.util.Set;

/**
 * A lock for each key: one thread at a time works on a key, others with the same key wait. Two
 * copies of a file that arrive together are so embedded once: the second finds the first's vectors.
 * Thread-safe.
 */
final class KeyedLock {
  private final Set<String> taken = new HashSet<>();

  /** The work done while the lock is held. */
  interface Work<T> {
    T run() throws InterruptedException;
  }

  <T> T hold(String key, Work<T> work) throws InterruptedException {
    take(key);
    try {
      return work.run();
    } finally {
      release(key);
    }
  }

  private synchronized void take(String key) throws InterruptedException {
    while (!taken.add(key)) {
      wait();
    }
  }

  private synchronized void release(String key) {
    taken.remove(key);
    notifyAll();
  }
}
