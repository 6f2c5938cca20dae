package dev.zhiku.generators.library;

import java.util.Locale;

/** How far a model has come. Written by one thread, read by any. */
public final class PullProgress {
  private volatile State state = new State(Phase.ASKING, 0, 0);

  /** What is being done. */
  public enum Phase {
    /** Where it is and how large. */
    ASKING,
    /** Bytes come in. */
    DOWNLOADING,
    /** Its SHA-256 is counted and compared. */
    VERIFYING;

    /** As it is shown. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A moment.
   *
   * @param total bytes, 0 as long as nobody knows
   */
  public record State(Phase phase, long completed, long total) {}

  public void set(Phase phase, long completed, long total) {
    state = new State(phase, completed, total);
  }

  public State state() {
    return state;
  }
}
