package dev.zhiku.server.conversations;

import dev.zhiku.answering.chat.Turn;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import java.util.List;
import java.util.OptionalInt;

/**
 * A conversation in which a question is being asked. Its turn is kept when it begins, so that who
 * comes back finds it on its way, and once more when it has ended. Used by one question.
 */
public final class Talk {
  private final ConversationStore store;
  private final String owner;
  private final String id;
  private final OptionalInt from;
  private final List<Turn> history;

  Talk(ConversationStore store, String owner, String id, OptionalInt from, List<Turn> history) {
    this.store = store;
    this.owner = owner;
    this.id = id;
    this.from = from;
    this.history = history;
  }

  /** What was said before, oldest first. */
  public List<Turn> history() {
    return history;
  }

  /**
   * Keeps the question.
   *
   * @return the turn with its number
   * @throws Problem {@code conversation-not-found} if it was deleted meanwhile
   */
  public KeptTurn begin(KeptTurn turn) {
    OptionalInt number = store.add(owner, id, turn, from, Titles.of(turn.question()));
    return turn.at(number.orElseThrow(() -> new Problem(ProblemCode.CONVERSATION_NOT_FOUND)));
  }

  /** Keeps what became of it. */
  public void end(KeptTurn turn) {
    store.replace(owner, id, turn);
  }
}
