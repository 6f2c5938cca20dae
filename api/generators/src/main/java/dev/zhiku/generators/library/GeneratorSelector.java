package dev.zhiku.generators.library;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.generators.GeneratorConfig;
import java.util.Map;

/** The selection of the generator that writes the answers. Thread-safe. */
public interface GeneratorSelector {
  /** A generator that can be selected here. */
  sealed interface Choice {
    /** Quotes from the passages; needs no model. */
    record Extractive() implements Choice {}

    /**
     * A model of the configured Ollama server.
     *
     * @param model as the server names it
     */
    record Ollama(String model) implements Choice {}

    /**
     * A GGUF file, read by the service itself.
     *
     * @param path relative to the data folder
     */
    record Gguf(String path) implements Choice {}
  }

  /** The configuration in use. */
  GeneratorConfig now();

  /** Settings that cannot be changed here, without the prefix, with the place that sets each. */
  Map<String, String> locked();

  /** Whether there is a selection to go back to. */
  boolean hasPrevious();

  /**
   * Uses another generator from the next question on, and after a restart.
   *
   * @throws Problem if a setting that it needs is locked with another value, or the generator
   *     cannot be made; then nothing has changed
   */
  void use(Choice choice);

  /**
   * Goes back to what was used before the last change.
   *
   * @throws Problem if there is nothing, or as with {@link #use}
   */
  void usePrevious();
}
