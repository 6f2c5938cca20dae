package dev.zhiku.generators.dialogue;

import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * A prompt as the turns of a conversation, the form that chat models take. Passages stand fenced
 * and numbered before the question, so that what a document says is data. Pure.
 */
public final class Dialogue {
  private Dialogue() {}

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }

  /**
   * One turn.
   *
   * @param text without any mark that a chat template would follow
   */
  public record Message(Role role, String text) {}

  /** The system's turn, earlier turns, and the question with its passages last. */
  public static List<Message> of(Prompt prompt) {
    List<Message> messages = new ArrayList<>();
    messages.add(new Message(Role.SYSTEM, SpecialTokens.neutralised(prompt.system())));
    for (Turn turn : prompt.history()) {
      messages.add(earlier(turn));
    }
    messages.add(new Message(Role.USER, question(prompt)));
    return List.copyOf(messages);
  }

  private static Message earlier(Turn turn) {
    return switch (turn.role()) {
      case USER -> new Message(Role.USER, SpecialTokens.neutralised(turn.content()));
      case ASSISTANT ->
          new Message(
              Role.ASSISTANT,
              SpecialTokens.neutralised(ReasoningTags.withoutReasoning(turn.content())));
    };
  }

  private static String question(Prompt prompt) {
    StringBuilder text = new StringBuilder();
    for (Prompt.Source source : prompt.passages()) {
      text.append("<passage number=\"")
          .append(source.number())
          .append("\" of=\"")
          .append(attribute(source.title()))
          .append("\">\n")
          .append(SpecialTokens.neutralised(source.text()))
          .append("\n</passage>\n\n");
    }
    return text.append(SpecialTokens.neutralised(prompt.question())).toString();
  }

  private static String attribute(String title) {
    return SpecialTokens.neutralised(title).replace('"', '\'').replace('>', '›').replace('\n', ' ');
  }
}
