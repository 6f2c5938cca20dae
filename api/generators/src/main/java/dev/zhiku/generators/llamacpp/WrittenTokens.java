package dev.zhiku.generators.llamacpp;

import java.util.function.ToIntFunction;

/**
 * Counts the tokens of an answer. llama.cpp hands on one token at a time, but holds those back that
 * end within a character: what then comes together is as many tokens as it has. The token that ends
 * an answer has no text; before a text to stop at the last output may be a part of its token. Used
 * by one thread.
 */
final class WrittenTokens {
  /**
   * Cuts off what stands before it in every vocabulary, so that a text counts as it was written.
   */
  private static final String ANCHOR = "\n";

  private static final double NEAR_LIMIT = 0.9;

  private final ToIntFunction<String> counted;
  private final int most;
  private final boolean stops;
  private int count;
  private boolean exact = true;
  private boolean endedWithText;

  /**
   * @param counted tokens of a text
   * @param most that may be written
   * @param stops whether there are texts that end the answer
   */
  WrittenTokens(ToIntFunction<String> counted, int most, boolean stops) {
    this.counted = counted;
    this.most = most;
    this.stops = stops;
  }

  /** What came, without the last, empty output. */
  void add(String text) {
    endedWithText = !text.isEmpty();
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    exact &= ascii;
    count +=
        ascii ? 1 : Math.max(1, counted.applyAsInt(ANCHOR + text) - counted.applyAsInt(ANCHOR));
  }

  /** Whether a limit ended it, and not the model: it would have written a last, empty token. */
  boolean isCut() {
    return count >= most || (endedWithText && !stoppedAtText());
  }

  /**
   * Whether a text to stop at ended it. Where characters were counted and not tokens, the count may
   * be a few short of the limit.
   */
  private boolean stoppedAtText() {
    return stops && (exact ? count < most : count < NEAR_LIMIT * most);
  }

  /** All tokens, those of characters that were not finished included. */
  int count() {
    return isCut() ? most : count;
  }
}
