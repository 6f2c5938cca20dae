package dev.zhiku.server.conversations;

/**
 * What is kept of conversations; {@code zhiku.conversations}.
 *
 * @param enabled whether any are kept
 * @param maxConversations most of one asker
 * @param maxTurns most questions in one conversation
 * @param maxBytes most of one asker's conversations together
 * @param keepDays days after its last change that a conversation goes, unless it is pinned; 0 keeps
 *     it until it is deleted
 */
public record ConversationsConfig(
    boolean enabled, int maxConversations, int maxTurns, long maxBytes, int keepDays) {
  /** What holds unless configured otherwise. */
  public static final ConversationsConfig DEFAULT =
      new ConversationsConfig(true, 1_000, 250, 100L * 1_024 * 1_024, 0);

  private static final int MOST = 100_000;
  private static final int MOST_TURNS = 1_000;

  public ConversationsConfig {
    require("max-conversations", maxConversations, 1, MOST);
    require("max-turns", maxTurns, 1, MOST_TURNS);
    require("keep-days", keepDays, 0, MOST);
    if (maxBytes < 1) {
      throw new IllegalArgumentException(
          "zhiku.conversations.max-bytes must be 1 or more, got " + maxBytes);
    }
  }

  private static void require(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "zhiku.conversations." + key + " must be " + least + ".." + most + ", got " + value);
    }
  }
}
