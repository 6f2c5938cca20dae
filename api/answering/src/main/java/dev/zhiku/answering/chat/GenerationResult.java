package dev.zhiku.answering.chat;

import java.util.List;
import java.util.Locale;

/**
 * How a generation ended.
 *
 * @param promptTokens as the model counted them
 * @param completionTokens as the model counted them
 * @param calls of tools that the model asks for; none unless it was offered tools
 */
public record GenerationResult(
    Finish finish, int promptTokens, int completionTokens, List<ToolCall> calls) {
  public GenerationResult {
    calls = List.copyOf(calls);
  }

  /** Without calls of tools. */
  public GenerationResult(Finish finish, int promptTokens, int completionTokens) {
    this(finish, promptTokens, completionTokens, List.of());
  }

  /** Why it ended. */
  public enum Finish {
    /** The model was done. */
    STOP,
    /** A limit of tokens was reached. */
    LENGTH,
    /** The model asks for calls of tools. */
    TOOL_CALLS,
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
