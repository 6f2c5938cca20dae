package dev.zhiku.server.openai;

import dev.zhiku.answering.chat.ToolCall;
import java.util.List;
import java.util.Optional;

/**
 * A message of a conversation, as a client sent it.
 *
 * @param text its parts of text, divided by line breaks
 * @param unread the type of a part that is no text, such as {@code image_url}
 * @param pictures addresses of its pictures, where it has no other such part
 * @param calls of tools that the model asked for
 * @param answered id of the call that a tool's reply belongs to; empty text for others
 */
public record Message(
    Role role,
    String text,
    Optional<String> unread,
    List<String> pictures,
    List<ToolCall> calls,
    String answered) {
  public Message {
    pictures = List.copyOf(pictures);
    calls = List.copyOf(calls);
  }

  /** Who speaks. */
  public enum Role {
    /** Whoever set the client up; {@code developer} is the same. */
    SYSTEM,
    USER,
    ASSISTANT,
    /** A tool of the client's, asked by the model. */
    TOOL
  }

  public Message(Role role, String text) {
    this(role, text, Optional.empty());
  }

  public Message(Role role, String text, Optional<String> unread) {
    this(role, text, unread, List.of());
  }

  public Message(Role role, String text, Optional<String> unread, List<String> pictures) {
    this(role, text, unread, pictures, List.of(), "");
  }

  /** Whether nothing at all is said. */
  public boolean isEmpty() {
    return text.isBlank() && unread.isEmpty();
  }

  /** This message with calls of tools. */
  Message calling(List<ToolCall> asked) {
    return new Message(role, text, unread, pictures, asked, answered);
  }

  /** This message as the reply to a call. */
  Message answering(String call) {
    return new Message(role, text, unread, pictures, calls, call);
  }

  /** Whether a tool is called or replies. */
  boolean isOfTools() {
    return role == Role.TOOL || !calls.isEmpty();
  }
}
