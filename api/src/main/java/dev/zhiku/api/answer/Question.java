package dev.zhiku.api.answer;

import dev.zhiku.index.Filter;
import java.util.List;
import java.util.Locale;

/**
 * A question, valid by construction.
 *
 * @param text stripped, 1 to {@link #MAX_CHARS} code points
 * @param topK passages to look at, 1 to 20
 * @param reasoning whether a model may think aloud first
 * @param filter which documents the asker wants, beside what they may see
 * @param conversation earlier turns, oldest first, at most {@link #MAX_TURNS}
 * @param locale language of warnings and failures; the answer follows the question
 */
public record Question(
    String text,
    int topK,
    Mode mode,
    boolean reasoning,
    Filter filter,
    List<Turn> conversation,
    Locale locale) {
  /** Longest question, in code points. */
  public static final int MAX_CHARS = 4_096;

  /** Longest conversation, in turns. */
  public static final int MAX_TURNS = 50;

  /** Longest turn of a conversation, in code points. */
  public static final int MAX_TURN_CHARS = 20_000;

  /** What is wanted. */
  public enum Mode {
    /** An answer with citations. */
    ANSWER,
    /** Retrieval alone. */
    PASSAGES
  }

  public Question {
    conversation = List.copyOf(conversation);
    int length = text.codePointCount(0, text.length());
    if (text.isBlank() || length > MAX_CHARS) {
      throw new IllegalArgumentException(
          "a question has 1.." + MAX_CHARS + " characters, got " + length);
    }
    if (topK < 1 || conversation.size() > MAX_TURNS) {
      throw new IllegalArgumentException(
          "a question looks at 1 passage or more and has at most "
              + MAX_TURNS
              + " turns, got "
              + topK
              + " and "
              + conversation.size());
    }
  }
}
