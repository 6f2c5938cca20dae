package dev.zhiku.answering.chat;

/** One message of a conversation. */
public record Turn(Role role, String content) {
  /** Who spoke. */
  public enum Role {
    USER,
    ASSISTANT
  }
}
