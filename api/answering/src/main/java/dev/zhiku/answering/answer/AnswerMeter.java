package dev.zhiku.answering.answer;

/** Counts questions and what they took. Thread-safe. */
public interface AnswerMeter {
  /** Counts nothing. */
  AnswerMeter NONE = answer -> {};

  /** A question came to its end with this answer. */
  void answered(Answer answer);
}
