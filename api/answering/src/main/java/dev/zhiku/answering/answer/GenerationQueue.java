package dev.zhiku.answering.answer;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Who may generate now, and who waits. Thread-safe. A place is taken before any work is done for a
 * question, so that one too many costs nothing.
 *
 * <p>Turns go round among the clients: each question of a client belongs to a round, its first to
 * the present one and each further to the next after its last. Rounds are served in order, and
 * within a round whoever came first. So a script that asks a hundred questions at once delays
 * somebody else's one question by one of its own (start-time fair queueing, Goyal, Vin and Cheng
 * 1996, with questions of equal length).
 */
final class GenerationQueue {
  /** When a client may try again, in seconds. */
  private static final int RETRY_AFTER = 5;

  /** The share of one client in the places that are added: one of so many. */
  private static final int MOST_OF_ADDED = 8;

  /** Part of the waiting places that is added for clients who hold few: one of so many. */
  private static final int PART_ADDED = 2;

  private final int slots;
  private final int places;
  private final int added;
  private final int few;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Those whose turn comes first are first. */
  private final List<Place> waiting = new ArrayList<>();

  /** The round of each client's latest question, while it is later than the present one. */
  private final Map<String, Long> latest = new HashMap<>();

  /** Places that each client holds. */
  private final Map<String, Integer> held = new HashMap<>();

  private long round;
  private int taken;
  private int running;

  /**
   * @param slots generations at the same time
   * @param waiting further questions that may be on their way; half as many again are kept for
   *     clients that hold few places, so that nobody who asks much can keep all others out
   */
  GenerationQueue(int slots, int waiting) {
    this.slots = slots;
    this.places = slots + waiting;
    this.added = (waiting + PART_ADDED - 1) / PART_ADDED;
    this.few = Math.max(1, added / MOST_OF_ADDED);
  }

  /**
   * A place for one question; close it when the question is done.
   *
   * @param client who shares turns with the others
   * @throws Problem {@link ProblemCode#QUEUE_FULL} if there is none
   */
  Place enter(String client) {
    lock.lock();
    try {
      requireRoom(client);
      taken++;
      held.merge(client, 1, Integer::sum);
      return new Place(client);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes sure that there is a place for the client now.
   *
   * @throws Problem {@link ProblemCode#QUEUE_FULL} if there is none
   */
  void requirePlace(String client) {
    lock.lock();
    try {
      requireRoom(client);
    } finally {
      lock.unlock();
    }
  }

  private void requireRoom(String client) {
    boolean holdsFew = held.getOrDefault(client, 0) < few;
    if (taken >= (holdsFew ? places + added : places)) {
      throw new Problem(ProblemCode.QUEUE_FULL, RETRY_AFTER);
    }
  }

  /** One question's place. Used by one thread. */
  final class Place implements AutoCloseable {
    private final String client;
    private long mine;
    private boolean generating;

    private Place(String client) {
      this.client = client;
    }

    /** Takes its turn if nobody need be waited for. */
    boolean tryTurn() {
      lock.lock();
      try {
        if (running < slots && waiting.isEmpty() && !generating) {
          join();
          take();
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
        join();
      } finally {
        lock.unlock();
      }
      int position = await(0);
      while (position > 0) {
        queued.accept(position);
        position = await(position);
      }
    }

    /** Behind all of its round and of those before. */
    private void join() {
      mine = Math.max(round, latest.getOrDefault(client, -1L) + 1);
      latest.put(client, mine);
      int at = waiting.size();
      while (at > 0 && waiting.get(at - 1).mine > mine) {
        at--;
      }
      waiting.add(at, this);
      changed.signalAll();
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
      int ahead = waiting.indexOf(this);
      return ahead == 0 && running < slots ? 0 : ahead + 1;
    }

    private void take() {
      waiting.remove(this);
      running++;
      generating = true;
      round = mine;
      latest.values().removeIf(other -> other < round);
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
        held.computeIfPresent(client, (c, places) -> places == 1 ? null : places - 1);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
