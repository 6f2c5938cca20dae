package dev.zhiku.generators.llamacpp;

import dev.zhiku.generators.dialogue.Dialogue.Message;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns as plain text: {@code ### System:}, {@code ### User:} and {@code ### Assistant:} on lines
 * of their own. What a text says in this form is no turn. Pure.
 */
final class PlainTemplate {
  /** Where an answer ends, for a model that goes on with the next question. */
  static final String STOP = "\n### User:";

  private static final Pattern HEADING = Pattern.compile("(?m)^### (?=(System|User|Assistant):)");

  private PlainTemplate() {}

  /** The prompt, up to where the answer begins. */
  static String write(List<Message> messages) {
    StringBuilder prompt = new StringBuilder();
    for (Message message : messages) {
      prompt
          .append("### ")
          .append(
              switch (message.role()) {
                case SYSTEM -> "System";
                case USER, TOOL -> "User";
                case ASSISTANT -> "Assistant";
              })
          .append(":\n")
          .append(HEADING.matcher(message.text()).replaceAll("＃＃＃ "))
          .append("\n\n");
    }
    return prompt.append("### Assistant:\n").toString();
  }
}
