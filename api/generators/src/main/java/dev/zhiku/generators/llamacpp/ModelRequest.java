package dev.zhiku.generators.llamacpp;

import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.generators.dialogue.Dialogue;
import dev.zhiku.generators.dialogue.Dialogue.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  record Generate(List<Message> messages, boolean reasoning, int maxTokens, Sampling sampling)
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
              encode(generate.sampling(), out);
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
        yield new Generate(messages, reasoning, maxTokens, sampling(in));
      }
      case 1 -> new Count(in.text());
      default -> throw new IOException("no such request");
    };
  }

  private static void encode(Sampling sampling, WireWriter out) throws IOException {
    for (Optional<? extends Number> number :
        List.of(
            sampling.temperature(),
            sampling.topP(),
            sampling.frequencyPenalty(),
            sampling.presencePenalty(),
            sampling.seed())) {
      out.text(number.map(Object::toString).orElse(""));
    }
    out.number(sampling.stop().size());
    for (String stop : sampling.stop()) {
      out.text(stop);
    }
  }

  private static Sampling sampling(WireReader in) throws IOException {
    Optional<Double> temperature = number(in).map(Double::valueOf);
    Optional<Double> topP = number(in).map(Double::valueOf);
    Optional<Double> frequency = number(in).map(Double::valueOf);
    Optional<Double> presence = number(in).map(Double::valueOf);
    Optional<Integer> seed = number(in).map(Integer::valueOf);
    List<String> stops = new ArrayList<>();
    for (int n = in.number(); n > 0; n--) {
      stops.add(in.text());
    }
    return new Sampling(temperature, topP, frequency, presence, seed, stops);
  }

  private static Optional<String> number(WireReader in) throws IOException {
    return Optional.of(in.text()).filter(text -> !text.isEmpty());
  }
}
