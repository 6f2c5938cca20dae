package dev.zhiku.generators.llamacpp;

import dev.zhiku.answering.chat.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the next token is chosen, as llama.cpp reads it: a fixed set of parameters, of which a client
 * sets some within their ranges. Pure.
 */
final class TokenChoice {
  /** DeepSeek recommends both for its R1 models. */
  private static final double TEMPERATURE = 0.6;

  private static final double TOP_P = 0.95;

  /** llama.cpp's own, which nobody sets. */
  private static final String OTHERS = "\"top_k\":40,\"min_p\":0.05,\"repeat_penalty\":1.0";

  /** Begins the texts to stop at, where there are any. */
  static final String STOP = "\"stop\":[";

  private TokenChoice() {}

  /**
   * Members of a JSON object, in ASCII.
   *
   * @param endOfTurn text that ends the answer whatever a client says; empty for none
   */
  static String members(Sampling sampling, String endOfTurn) {
    List<String> members = new ArrayList<>();
    members.add("\"temperature\":" + sampling.temperature().orElse(TEMPERATURE));
    members.add("\"top_p\":" + sampling.topP().orElse(TOP_P));
    members.add(OTHERS);
    add("frequency_penalty", sampling.frequencyPenalty(), members);
    add("presence_penalty", sampling.presencePenalty(), members);
    add("seed", sampling.seed(), members);
    List<String> stops = new ArrayList<>(sampling.stop());
    if (!endOfTurn.isEmpty()) {
      stops.add(endOfTurn);
    }
    if (!stops.isEmpty()) {
      members.add(
          stops.stream().map(TokenChoice::quoted).collect(Collectors.joining(",", STOP, "]")));
    }
    return String.join(",", members);
  }

  private static void add(String name, Optional<? extends Number> value, List<String> members) {
    value.ifPresent(number -> members.add("\"" + name + "\":" + number));
  }

  /** Half of a character, which is none, becomes the sign for that. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .mapToObj(Character::toString)
        .flatMapToInt(String::chars)
        .forEach(
            c -> {
              if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                quoted.append(String.format("\\u%04x", c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }
}
