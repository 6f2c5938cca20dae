package dev.zhiku.answering.chat;

import java.util.Locale;

/**
 * How a generation ended.
 *
 * @param promptTokens as the model counted them
 * @param completionTokens as the model counted them
 */
public record GenerationResult(Finish finish, int promptTokens, int completionTokens) {
  /** Why it ended. */
  public enum Finish {
    /** The model was done. */
    STOP,
    /** A limit of tokens was reached. */
    LENGTH,
    /** The passages do not support an answer. */
    DECLINED,
    /** The reasoning used up its tokens and no answer came. */
    EXHAUSTED;

    /** Lower-case name used on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
