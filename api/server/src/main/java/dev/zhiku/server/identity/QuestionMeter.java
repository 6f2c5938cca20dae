package dev.zhiku.server.identity;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.search.Scope;

/** Counts questions and what they cost, for each asker. Thread-safe. */
public interface QuestionMeter {
  /** Counts nothing and limits nobody. */
  QuestionMeter NONE =
      new QuestionMeter() {
        @Override
        public void asked(Scope scope) {}

        @Override
        public void answered(Scope scope, long promptTokens, long completionTokens) {}
      };

  /**
   * Counts a question that is about to be answered.
   *
   * @throws Problem {@code too-many-requests} with the seconds to wait, if the asker has asked as
   *     many as it may; then it is not counted
   */
  void asked(Scope scope);

  /** Counts what a question took of language models. */
  void answered(Scope scope, long promptTokens, long completionTokens);
}
