package dev.zhiku.server.query;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.search.Scope;
import java.util.function.Consumer;

/** What is told of every question while it is answered, before whoever asked it. */
public interface AnswerWitness {
  /** Told in vain. */
  AnswerWitness NONE = (question, scope) -> event -> {};

  /**
   * A question that is about to be answered; called by the thread that serves its request.
   *
   * @return is given its events in order, by the thread that answers
   */
  Consumer<AnswerEvent> of(Question question, Scope scope);
}
