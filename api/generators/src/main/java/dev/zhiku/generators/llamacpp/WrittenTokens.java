package dev.zhiku.generators.llamacpp;

import java.util.function.ToIntFunction;

/**
 * Counts the tokens of an answer. llama.cpp hands on one token at a time, but holds those back that
 * end within a character: what then comes together is as many tokens as it has. The token that ends
 * an answer has no text. Used by one thread.
 */
final class WrittenTokens {
  /**
   * Cuts off what stands before it in every vocabulary, so that a text counts as it was written.
   */
  private static final String ANCHOR = "\n";

  private final ToIntFunction<String> counted;
  private final int most;
  private int count;
  private boolean endedWithText;

  /**
   * @param counted tokens of a text
   * @param most that may be written
   */
  WrittenTokens(ToIntFunction<String> counted, int most) {
    this.counted = counted;
    this.most = most;
  }

  /** What came, without the last, empty output. */
  void add(String text) {
    endedWithText = !text.isEmpty();
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    count +=
        ascii ? 1 : Math.max(1, counted.applyAsInt(ANCHOR + text) - counted.applyAsInt(ANCHOR));
  }

  /** Whether a limit ended it, and not the model: it would have written a last, empty token. */
  boolean isCut() {
    return endedWithText || count >= most;
  }

  /** All tokens, those of characters that were not finished included. */
  int count() {
    return endedWithText ? most : Math.min(count, most);
  }
}
