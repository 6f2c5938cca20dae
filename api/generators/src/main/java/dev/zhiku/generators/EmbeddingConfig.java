package dev.zhiku.generators;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** {@code zhiku.embedding}. */
public record EmbeddingConfig(Backend backend, Ollama ollama) {
  /** Who embeds. */
  public enum Backend {
    /** The models in the program. */
    ONNX,
    /** A model of an Ollama server. */
    OLLAMA,
    /** No model: hashed words, for tests and trials. */
    HASHING
  }

  /**
   * {@code zhiku.embedding.ollama}.
   *
   * @param model as the server names it
   * @param keepAlive how long the server keeps the model loaded
   * @param queryPrefix stands before every question, where the model was trained so
   * @param passagePrefix stands before every passage; another one makes another embedder
   */
  public record Ollama(
      URI baseUrl,
      String model,
      Duration keepAlive,
      Optional<String> queryPrefix,
      Optional<String> passagePrefix) {
    public Ollama {
      if (model.isBlank()) {
        throw new IllegalArgumentException(
            "zhiku.embedding.ollama.model must be the name of a model such as bge-m3");
      }
    }
  }
}
