package dev.zhiku.api.answer;

import dev.zhiku.api.http.Problem;
import dev.zhiku.api.http.ProblemCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Who may generate now, and who waits, in the order of arrival. Thread-safe. A place is taken
 * before any work is done for a question, so that one too many costs nothing.
 */
final class GenerationQueue {
  /** When a client may try again, in seconds. */
  private static final int RETRY_AFTER = 5;

  private final int slots;
  private final int places;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Place> waiting = new ArrayDeque<>();
  private int taken;
  private int running;

  /**
   * @param slots generations at the same time
   * @param waiting further questions that may be on their way
   */
  GenerationQueue(int slots, int waiting) {
    this.slots = slots;
    this.places = slots + waiting;
  }

  /**
   * A place for one question; close it when the question is done.
   *
   * @throws Problem {@link ProblemCode#QUEUE_FULL} if there is none
   */
  Place enter() {
    lock.lock();
    try {
      if (taken >= places) {
        throw new Problem(ProblemCode.QUEUE_FULL, RETRY_AFTER);
      }
      taken++;
      return new Place();
    } finally {
      lock.unlock();
    }
  }

  /** One question's place. Used by one thread. */
  final class Place implements AutoCloseable {
    private boolean generating;

    private Place() {}

    /** Takes its turn if nobody need be waited for. */
    boolean tryTurn() {
      lock.lock();
      try {
        if (running < slots && waiting.isEmpty() && !generating) {
          running++;
          generating = true;
        }
        return generating;
      } finally {
        lock.unlock();
      }
    }

    /**
     * Waits for its turn, if it has not been given yet.
     *
     * @param queued told the position, from 1, if there is anything to wait for, and again whenever
     *     the line has moved
     */
    void awaitTurn(IntConsumer queued) throws InterruptedException {
      if (hasTurn()) {
        return;
      }
      lock.lockInterruptibly();
      try {
        waiting.addLast(this);
      } finally {
        lock.unlock();
      }
      int position = await(0);
      while (position > 0) {
        queued.accept(position);
        position = await(position);
      }
    }

    /** Waits until the position is another than this one; 0 means that the turn has been taken. */
    private int await(int known) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        int position = position();
        while (position == known && position > 0) {
          changed.await();
          position = position();
        }
        if (position == 0) {
          take();
        }
        return position;
      } finally {
        lock.unlock();
      }
    }

    private boolean hasTurn() {
      lock.lock();
      try {
        return generating;
      } finally {
        lock.unlock();
      }
    }

    private int position() {
      int ahead = 0;
      for (Place place : waiting) {
        if (place == this) {
          break;
        }
        ahead++;
      }
      return ahead == 0 && running < slots ? 0 : ahead + 1;
    }

    private void take() {
      waiting.removeFirst();
      running++;
      generating = true;
      changed.signalAll();
    }

    @Override
    public void close() {
      lock.lock();
      try {
        waiting.remove(this);
        running -= generating ? 1 : 0;
        generating = false;
        taken--;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
