package dev.zhiku.answering.chat;

import java.util.Optional;

/**
 * Who writes.
 *
 * @param backend name of the kind of backend, such as {@code extractive}
 * @param name of the model; empty where there is none
 * @param contextTokens prompt and completion together, in the model's own tokens, 1 or more
 * @param concurrency generations that run at the same time, 1 or more
 * @param aiGenerated whether a language model makes the words
 */
public record ModelDescription(
    String backend,
    Optional<String> name,
    int contextTokens,
    int concurrency,
    boolean aiGenerated) {
  public ModelDescription {
    if (contextTokens < 1 || concurrency < 1) {
      throw new IllegalArgumentException(
          backend
              + " needs at least 1 context token and 1 generation at once, got "
              + contextTokens
              + " and "
              + concurrency);
    }
  }
}
