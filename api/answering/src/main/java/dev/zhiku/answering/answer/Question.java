package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.Turn;
import dev.zhiku.index.Filter;
import java.util.List;
import java.util.Locale;

/**
 * A question, valid by construction.
 *
 * @param text stripped, 1 to {@link #maxChars} code points
 * @param topK passages to look at, 1 to 20
 * @param reasoning whether a model may think aloud first
 * @param filter which documents the asker wants, beside what they may see
 * @param conversation earlier turns, oldest first, at most {@link #MAX_TURNS}
 * @param locale language of warnings and failures; the answer follows the question
 * @param wishes how it is to be written
 */
public record Question(
    String text,
    int topK,
    Mode mode,
    boolean reasoning,
    Filter filter,
    List<Turn> conversation,
    Locale locale,
    GenerationOptions wishes) {
  /** Longest question to the documents, in code points. */
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
    PASSAGES,
    /** The model alone, without a look into the documents. */
    CHAT
  }

  /** The question that its conversation began with, as its client tells. */
  String firstOfConversation() {
    return conversation.stream()
        .filter(turn -> turn.role() == Turn.Role.USER)
        .findFirst()
        .map(Turn::content)
        .orElse(text);
  }

  public Question {
    conversation = List.copyOf(conversation);
    int length = text.codePointCount(0, text.length());
    if (text.isBlank() || length > maxChars(mode)) {
      throw new IllegalArgumentException(
          "a question has 1.." + maxChars(mode) + " characters, got " + length);
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

  /** Without wishes. */
  public Question(
      String text,
      int topK,
      Mode mode,
      boolean reasoning,
      Filter filter,
      List<Turn> conversation,
      Locale locale) {
    this(text, topK, mode, reasoning, filter, conversation, locale, GenerationOptions.NONE);
  }

  /** Longest question, in code points: who talks to the model alone may hand it a longer text. */
  public static int maxChars(Mode mode) {
    return switch (mode) {
      case ANSWER, PASSAGES -> MAX_CHARS;
      case CHAT -> MAX_TURN_CHARS;
    };
  }
}
