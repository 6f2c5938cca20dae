package dev.zhiku.api.answer;

/** Counts questions and what they took. Thread-safe. */
public interface AnswerMeter {
  /** Counts nothing. */
  AnswerMeter NONE = response -> {};

  /** A question came to its end with this response. */
  void answered(QueryResponse response);
}
