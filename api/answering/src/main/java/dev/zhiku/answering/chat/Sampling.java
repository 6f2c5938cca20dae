package dev.zhiku.answering.chat;

import java.util.List;
import java.util.Optional;

/**
 * How a model chooses its words; what is absent is left to the model. A generator without a model
 * ignores it.
 *
 * @param temperature 0 to 2
 * @param topP above 0, to 1
 * @param frequencyPenalty -2 to 2; left out where the backend is Ollama
 * @param presencePenalty -2 to 2; left out where the backend is Ollama
 * @param seed the same one gives the same words where the model can do that
 * @param stop the generation ends before any of these, at most {@link #MAX_STOPS}
 */
public record Sampling(
    Optional<Double> temperature,
    Optional<Double> topP,
    Optional<Double> frequencyPenalty,
    Optional<Double> presencePenalty,
    Optional<Integer> seed,
    List<String> stop) {
  /** Everything as the model has it. */
  public static final Sampling DEFAULT =
      new Sampling(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  /** Most texts to stop at; OpenAI's limit. */
  public static final int MAX_STOPS = 4;

  public Sampling {
    stop = List.copyOf(stop);
    within("temperature", temperature, 0, 2);
    within("top_p", topP, Double.MIN_VALUE, 1);
    within("frequency_penalty", frequencyPenalty, -2, 2);
    within("presence_penalty", presencePenalty, -2, 2);
    if (stop.size() > MAX_STOPS || stop.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "stop has at most " + MAX_STOPS + " texts, none empty, got " + stop);
    }
  }

  private static void within(String name, Optional<Double> value, double least, double most) {
    if (value.isPresent() && !(value.get() >= least && value.get() <= most)) {
      throw new IllegalArgumentException(
          name + " must be " + least + ".." + most + ", got " + value.get());
    }
  }
}
