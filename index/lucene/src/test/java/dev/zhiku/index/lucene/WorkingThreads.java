package dev.zhiku.index.lucene;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Threads that let themselves be interrupted at any time. */
final class WorkingThreads {
  private static final List<Thread> THREADS = new CopyOnWriteArrayList<>();

  private WorkingThreads() {}

  static void enter() {
    THREADS.add(Thread.currentThread());
  }

  /** No interrupt outlives the work. */
  static void leave() {
    synchronized (THREADS) {
      THREADS.remove(Thread.currentThread());
    }
    Thread.interrupted();
  }

  static void interruptOne(Random random) throws InterruptedException {
    synchronized (THREADS) {
      if (!THREADS.isEmpty()) {
        THREADS.get(random.nextInt(THREADS.size())).interrupt();
      }
    }
    Thread.sleep(random.nextInt(3));
  }
}
