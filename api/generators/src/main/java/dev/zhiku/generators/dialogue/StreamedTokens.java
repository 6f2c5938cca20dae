package dev.zhiku.generators.dialogue;

import java.util.function.ToIntFunction;

/**
 * How many tokens an answer has that comes in pieces. Servers send a token at a time, which is less
 * than a word: pieces are counted together, for each on its own would be rounded up to twice its
 * size. Without margin and correction, which are for prompts: both lie above. Used by one thread.
 */
public final class StreamedTokens implements ToIntFunction<String> {
  /** Characters that are counted together; the next ones begin anew. */
  private static final int TOGETHER = 100;

  private final StringBuilder together = new StringBuilder();
  private int counted;

  /**
   * @return tokens that this piece adds to those before it; below 0 where it turns out that there
   *     were fewer
   */
  @Override
  public int applyAsInt(String piece) {
    together.append(piece);
    int all = (int) Math.round(TokenEstimate.counted(together.toString()));
    int more = all - counted;
    counted = all;
    if (together.length() >= TOGETHER) {
      together.setLength(0);
      counted = 0;
    }
    return more;
  }
}
