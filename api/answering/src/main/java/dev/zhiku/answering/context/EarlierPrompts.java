package dev.zhiku.answering.context;

import dev.zhiku.index.Passage.PassageId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of the passages in the last prompt of each conversation, of the newest conversations. A
 * conversation is known by its first question, for clients send all of it each time; two that begin
 * alike do well to share an order. Holds no text of documents. Thread-safe.
 */
public final class EarlierPrompts {
  private static final int MOST = 256;

  private final Map<String, List<PassageId>> orders =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<PassageId>> eldest) {
          return size() > MOST;
        }
      };

  /**
   * None of a conversation that begins, or was forgotten.
   *
   * @param first question of the conversation
   */
  public synchronized List<PassageId> of(String first) {
    return orders.getOrDefault(first, List.of());
  }

  /** Keeps the order of the newest prompt. */
  public synchronized void keep(String first, List<PassageId> order) {
    orders.put(first, List.copyOf(order));
  }
}
