package dev.zhiku.answering.answer;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many searches of one client are on their way at once. Searches wait for a processor in the
 * order of their arrival: a client with a hundred questions would otherwise stand before everybody
 * else a hundred times. Thread-safe.
 */
final class SearchTurns {
  /** Searches of one client at once: of many processors half. */
  static final int OF_CLIENT = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final Map<String, Integer> searching = new HashMap<>();

  /** Something that searches. */
  interface Search<T> {
    T run() throws InterruptedException;
  }

  /** Runs a search as soon as the client has not too many others. */
  <T> T take(String client, Search<T> search) throws InterruptedException {
    enter(client);
    try {
      return search.run();
    } finally {
      leave(client);
    }
  }

  private void enter(String client) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (searching.getOrDefault(client, 0) >= OF_CLIENT) {
        changed.await();
      }
      searching.merge(client, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  private void leave(String client) {
    lock.lock();
    try {
      searching.computeIfPresent(client, (c, now) -> now == 1 ? null : Integer.valueOf(now - 1));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
