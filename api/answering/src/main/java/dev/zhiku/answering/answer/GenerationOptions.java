package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.Handover;
import dev.zhiku.answering.chat.Sampling;
import java.util.Optional;

/**
 * What a client wishes of the writing, beside the answer itself.
 *
 * @param instructions the client's own words to the model, at most {@link #MAX_CHARS} code points;
 *     they change the form of an answer, never what it rests on. Empty for none
 * @param answerTokens most tokens of the answer, 1 or more; never more than is configured
 * @param irrevocable whether the client cannot take back what it was told
 * @param handover what it hands to the model beside words, where the model is talked to alone
 */
public record GenerationOptions(
    String instructions,
    Sampling sampling,
    Optional<Integer> answerTokens,
    boolean irrevocable,
    Handover handover) {
  /** Nothing beside the answer. */
  public static final GenerationOptions NONE =
      new GenerationOptions("", Sampling.DEFAULT, Optional.empty(), false);

  /** Longest instructions, in code points. */
  public static final int MAX_CHARS = 4_000;

  /** Of words alone. */
  public GenerationOptions(
      String instructions, Sampling sampling, Optional<Integer> answerTokens, boolean irrevocable) {
    this(instructions, sampling, answerTokens, irrevocable, Handover.NONE);
  }

  public GenerationOptions {
    int length = instructions.codePointCount(0, instructions.length());
    if (length > MAX_CHARS || answerTokens.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "instructions have at most "
              + MAX_CHARS
              + " characters and an answer 1 token or more, got "
              + length
              + " and "
              + answerTokens.orElse(1));
    }
  }
}
