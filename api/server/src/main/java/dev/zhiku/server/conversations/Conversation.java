package dev.zhiku.server.conversations;

import java.time.Instant;

/**
 * A conversation without its turns.
 *
 * @param id under which its owner finds it
 * @param title the beginning of its first question, or what its owner called it; empty before that
 * @param pinned whether it stands before the others and outlives them
 * @param changedAt when its last question was asked, or it was made
 * @param turns questions in it
 */
public record Conversation(
    String id, String title, boolean pinned, Instant createdAt, Instant changedAt, int turns) {
  /** Longest title, in characters. */
  public static final int MAX_TITLE = 200;

  Conversation titled(String name) {
    return new Conversation(id, name, pinned, createdAt, changedAt, turns);
  }

  Conversation withPin(boolean pin) {
    return new Conversation(id, title, pin, createdAt, changedAt, turns);
  }
}
