package dev.zhiku.generators.llamacpp;

import java.time.Duration;

/**
 * How many tokens of a prompt are read at a time: as many as take a quarter of a second, so that a
 * part takes at most half a second even when the speed halves, as it does on a long context or
 * beside another answer. Nothing is asked whether it goes on within a part. Thread-safe.
 */
final class PromptPace {
  /** Below this many tokens nothing is saved by reading fewer: all weights are read for any. */
  static final int LEAST = 4;

  static final int MOST = LlamaEngine.BATCH_TOKENS;

  private static final Duration WANTED = Duration.ofMillis(250);

  /** Guess before the first part was read: slow enough for a large model on two cores. */
  private static final double FIRST_GUESS = 64;

  /** A part tells little if it is much smaller than it might be. */
  private static final int TELLING_SHARE = 2;

  private double tokensPerSecond = FIRST_GUESS;

  /** Tokens of the next part, {@link #LEAST} to {@link #MOST}. */
  synchronized int part() {
    double fitting = tokensPerSecond * WANTED.toMillis() / 1e3;
    return (int) Math.max(LEAST, Math.min(MOST, fitting));
  }

  /** Tokens of prompt read in a second, lately; 1 or more. */
  synchronized int tokensPerSecond() {
    return (int) Math.max(1, tokensPerSecond);
  }

  /** A part was read. A slower one counts at once, a faster one by half. */
  synchronized void took(int tokens, Duration time) {
    if (tokens * TELLING_SHARE < part()) {
      return;
    }
    double now = speed(tokens, time);
    tokensPerSecond = now < tokensPerSecond ? now : (tokensPerSecond + now) / 2;
  }

  /** What a measurement showed that nothing else disturbed: it holds from now on. */
  synchronized void measured(int tokens, Duration time) {
    tokensPerSecond = speed(tokens, time);
  }

  private static double speed(int tokens, Duration time) {
    return tokens / Math.max(1e-9, time.toNanos() / 1e9);
  }
}
