package dev.zhiku.api.backend.llamacpp;

import dev.zhiku.api.backend.dialogue.Dialogue;
import dev.zhiku.api.backend.dialogue.Dialogue.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the child is asked. */
sealed interface ModelRequest {
  /**
   * Write an answer.
   *
   * @param messages first the system's, then turns of user and assistant in alternation, beginning
   *     and ending with the user's
   * @param reasoning whether the model may think first
   * @param maxTokens of answer and reasoning together, 1 or more
   */
  record Generate(List<Message> messages, boolean reasoning, int maxTokens)
      implements ModelRequest {
    public Generate {
      messages = List.copyOf(messages);
    }
  }

  /** Count the tokens of a text. */
  record Count(String text) implements ModelRequest {}

  default byte[] encode() {
    return WireWriter.bytes(
        out -> {
          switch (this) {
            case Generate generate -> {
              out.number(0);
              out.flag(generate.reasoning());
              out.number(generate.maxTokens());
              out.number(generate.messages().size());
              for (Message message : generate.messages()) {
                out.text(message.role().name());
                out.text(message.text());
              }
            }
            case Count count -> {
              out.number(1);
              out.text(count.text());
            }
          }
        });
  }

  /**
   * @throws IOException if these bytes were not made by {@link #encode}
   */
  static ModelRequest decode(byte[] bytes) throws IOException {
    WireReader in = new WireReader(bytes);
    return switch (in.number()) {
      case 0 -> {
        boolean reasoning = in.flag();
        int maxTokens = in.number();
        List<Message> messages = new ArrayList<>();
        for (int n = in.number(); n > 0; n--) {
          Dialogue.Role role = Dialogue.Role.valueOf(in.text());
          messages.add(new Message(role, in.text()));
        }
        yield new Generate(messages, reasoning, maxTokens);
      }
      case 1 -> new Count(in.text());
      default -> throw new IOException("no such request");
    };
  }
}
