package dev.zhiku.server.openai;

import java.util.Optional;

/**
 * A message of a conversation, as a client sent it.
 *
 * @param text its parts of text, divided by line breaks
 * @param unread the type of the first part that is no text, such as {@code image_url}
 */
public record Message(Role role, String text, Optional<String> unread) {
  /** Who speaks. */
  public enum Role {
    /** Whoever set the client up; {@code developer} is the same. */
    SYSTEM,
    USER,
    ASSISTANT
  }

  public Message(Role role, String text) {
    this(role, text, Optional.empty());
  }
}
