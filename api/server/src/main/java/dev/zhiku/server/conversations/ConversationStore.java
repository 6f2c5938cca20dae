package dev.zhiku.server.conversations;

import dev.zhiku.answering.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Where conversations are kept. Each method sees those of one owner alone: another one's look like
 * missing ones. Thread-safe. Every method throws {@link Problem} {@code conversations-unavailable}
 * if that cannot be done now; then nothing was changed.
 */
public interface ConversationStore {
  /** Keeps a new one. */
  void create(String owner, Conversation conversation);

  Optional<Conversation> find(String owner, String id);

  /**
   * Those that have a turn or a title, pinned ones first, then the newest.
   *
   * @param words each stands in the title or in a turn; as {@link SearchWords} makes them
   * @param after the last one of the part before
   * @param most of them
   */
  List<Conversation> list(String owner, List<String> words, Optional<Place> after, int most);

  /** Where a conversation stands in the list. */
  record Place(boolean pinned, Instant changedAt, String id) {}

  /**
   * Changes title and pin of one.
   *
   * @return whether there is one
   */
  boolean change(String owner, String id, String title, boolean pinned);

  /** Removes one with its turns; returns whether there was one. */
  boolean delete(String owner, String id);

  /**
   * Turns, oldest first.
   *
   * @param before only those before this number
   * @param most of them, the last ones
   */
  List<KeptTurn> turns(String owner, String id, OptionalInt before, int most);

  /**
   * Adds a turn at the end and changes the time of its conversation; gives that a title where it
   * has none.
   *
   * @param from the turns from this number on are removed first; empty removes none
   * @return its number; empty if there is no such conversation
   */
  OptionalInt add(String owner, String id, KeptTurn turn, OptionalInt from, String title);

  /**
   * Puts a turn in the place of the one with its number and query; nothing happens if it has gone.
   */
  void replace(String owner, String id, KeptTurn turn);

  /**
   * Keeps what is thought of an answer, or that nothing is; returns whether there is such a turn.
   */
  boolean rate(String owner, String id, int number, Optional<KeptTurn.Rating> rating);

  /**
   * Says the turns of every conversation anew, of whichever owner, in which a turn was answered
   * from a document; its time stays.
   *
   * @param document its id
   * @param change of all turns of one conversation, oldest first, to as many
   * @param keep whether they are kept so, or only counted
   * @return how many turns are another one by it
   */
  int rewrite(String document, UnaryOperator<List<KeptTurn>> change, boolean keep);

  Use use(String owner);

  /** What one owner's conversations take. */
  record Use(long conversations, long bytes) {}

  /**
   * Removes those of all owners that have not changed since and are not pinned; returns how many.
   */
  int forget(Instant before);
}
