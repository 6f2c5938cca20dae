package dev.zhiku.answering.chat;

import java.util.List;

/**
 * One message of a conversation.
 *
 * @param content what was said; a tool's reply to a call; may be empty beside calls
 * @param calls of tools that the model asked for
 * @param answered id of the call that a tool's reply belongs to; empty text for others
 */
public record Turn(Role role, String content, List<ToolCall> calls, String answered) {
  public Turn {
    calls = List.copyOf(calls);
  }

  /** Words alone. */
  public Turn(Role role, String content) {
    this(role, content, List.of(), "");
  }

  /** Who spoke. */
  public enum Role {
    USER,
    ASSISTANT,
    /** A tool of the client's, asked by the model; only where the model is talked to alone. */
    TOOL
  }

  /** Whether a tool is called or replies. */
  public boolean isOfTools() {
    return role == Role.TOOL || !calls.isEmpty();
  }
}
