package dev.zhiku.ingest.pipeline;

import java.util.concurrent.Semaphore;

/**
 * The bound of the text that was read and is not stored yet, so that reading ahead of the models
 * fills no memory. Who comes first is let in first: a long text waits for room no longer than a
 * short one. Thread-safe.
 */
final class ReadAheadLimit {
  private final Semaphore room;
  private final int longest;

  /**
   * @param characters of all texts together
   * @param longest a text can be, {@code characters} at most; counts until its length is known
   */
  ReadAheadLimit(int characters, int longest) {
    this.room = new Semaphore(characters, true);
    this.longest = longest;
  }

  /** Waits for room for the longest text; close the share when the text is needed no more. */
  Share enter() throws InterruptedException {
    room.acquire(longest);
    return new Share(longest);
  }

  /** The room of one text; for one thread. */
  final class Share implements AutoCloseable {
    private int held;

    private Share(int held) {
      this.held = held;
    }

    /** The text is so long, and what is not needed is given back. */
    void shrinkTo(long characters) {
      int needed = (int) Math.min(held, characters);
      room.release(held - needed);
      held = needed;
    }

    @Override
    public void close() {
      shrinkTo(0);
    }
  }
}
