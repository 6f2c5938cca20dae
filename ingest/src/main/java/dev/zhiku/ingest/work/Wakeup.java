package dev.zhiku.ingest.work;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets threads sleep until there may be something to do. Thread-safe. */
public final class Wakeup {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private long calls;

  /** What has been called so far: take it before looking for work. */
  public long calls() {
    lock.lock();
    try {
      return calls;
    } finally {
      lock.unlock();
    }
  }

  public void call() {
    lock.lock();
    try {
      calls++;
      called.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sleeps unless there was a call since, and at most so long. */
  public void sleep(long since, Duration most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = most.toNanos();
      while (calls == since && nanos > 0) {
        nanos = called.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
