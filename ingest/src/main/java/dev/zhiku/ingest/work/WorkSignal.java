package dev.zhiku.ingest.work;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The signal that there may be work, for threads that sleep until then. Thread-safe. */
public final class WorkSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private long calls;

  /** The number of calls so far: take it before looking for work. */
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
