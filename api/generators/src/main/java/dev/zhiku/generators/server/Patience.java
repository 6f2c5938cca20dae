package dev.zhiku.generators.server;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorText;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that one generation still has: until the first piece, from piece to piece, and over all.
 * Signs of life that are no piece (comments, empty lines) count for nothing. Used by one thread.
 */
public final class Patience {
  private final Timeouts timeouts;
  private final Duration deadline;
  private final LongSupplier nanos;
  private final long begun;
  private long lastPiece;
  private boolean started;

  /**
   * @param deadline for the whole generation, from now on
   * @param nanos the clock
   */
  public Patience(Timeouts timeouts, Duration deadline, LongSupplier nanos) {
    this.timeouts = timeouts;
    this.deadline = deadline;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /** A piece has come. */
  public void piece() {
    started = true;
    lastPiece = nanos.getAsLong();
  }

  /** Whether a piece has come. */
  public boolean isStarted() {
    return started;
  }

  /** Nanoseconds until a limit passes, 0 or less once one has. */
  public long left() {
    long now = nanos.getAsLong();
    long silence =
        started
            ? timeouts.idle().toNanos() - (now - lastPiece)
            : timeouts.firstToken().toNanos() - (now - begun);
    return Math.min(silence, deadline.toNanos() - (now - begun));
  }

  /** Which limit has passed. */
  public ChatException.TimedOut exceeded() {
    if (nanos.getAsLong() - begun >= deadline.toNanos()) {
      return new ChatException.TimedOut(GeneratorText.of("answer.whole"), deadline);
    }
    return started
        ? new ChatException.TimedOut(GeneratorText.of("answer.next-piece"), timeouts.idle())
        : new ChatException.TimedOut(GeneratorText.of("answer.first-piece"), timeouts.firstToken());
  }
}
