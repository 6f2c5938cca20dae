package dev.zhiku.answering.answer;

import dev.zhiku.answering.search.Scope;
import java.util.function.Consumer;

/** Who turns questions into answers. Thread-safe. */
public interface Answerer {
  /**
   * Makes sure that a question could be taken now; another may come first.
   *
   * @throws dev.zhiku.answering.problem.Problem {@code queue-full}
   */
  void requirePlace(Scope scope);

  /**
   * Answers. Blocks; call from a virtual thread. Interrupting it stops the generation. What the
   * sink throws ends the answer and comes out of this call.
   *
   * @throws dev.zhiku.answering.problem.Problem {@code queue-full}, before the first event
   */
  void answer(Question question, Scope scope, Consumer<? super AnswerEvent> sink)
      throws InterruptedException;
}
