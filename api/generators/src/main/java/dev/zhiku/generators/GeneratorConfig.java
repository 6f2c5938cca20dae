package dev.zhiku.generators;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code zhiku.generator}: who writes the answer. The blocks of backends that are not chosen are
 * read and checked all the same, so that a mistake in them shows before the switch.
 *
 * @param maxAnswerTokens 16 to 32,768
 * @param reasoning whether a model may reason before it answers where the question does not say
 * @param maxReasoningTokens 0 to 131,072, apart from the answer's; 1 or more where {@code
 *     reasoning} is on
 * @param firstTokenTimeout until the first piece; a model may have to be loaded
 * @param idleTimeout between pieces
 * @param deadline for the whole answer
 */
public record GeneratorConfig(
    Backend backend,
    int maxAnswerTokens,
    boolean reasoning,
    int maxReasoningTokens,
    Duration firstTokenTimeout,
    Duration idleTimeout,
    Duration deadline,
    Native native_,
    Ollama ollama,
    OpenAi openai) {

  /** Known backends. */
  public enum Backend {
    EXTRACTIVE,
    NATIVE,
    OLLAMA,
    OPENAI
  }

  public GeneratorConfig {
    if (backend == Backend.NATIVE && native_.modelPath().isEmpty()) {
      throw new IllegalArgumentException(
          "zhiku.generator.native.model-path must name a GGUF file where the backend is native");
    }
    range("max-answer-tokens", maxAnswerTokens, 16, 32_768);
    range("max-reasoning-tokens", maxReasoningTokens, 0, 131_072);
    if (reasoning && maxReasoningTokens == 0) {
      throw new IllegalArgumentException(
          "zhiku.generator.max-reasoning-tokens must be 1 or more where zhiku.generator.reasoning"
              + " is true, got 0");
    }
    positive("first-token-timeout", firstTokenTimeout);
    positive("idle-timeout", idleTimeout);
    positive("deadline", deadline);
  }

  /** java-llama.cpp in a child process. */
  public record Native(Optional<Path> modelPath, int contextTokens, int slots, String threads) {
    public Native {
      range("native.context-tokens", contextTokens, 512, 1_048_576);
      range("native.slots", slots, 1, 64);
      if (!threads.matches("auto|[1-9][0-9]{0,2}")) {
        throw new IllegalArgumentException(
            "zhiku.generator.native.threads must be auto or 1..999, got " + threads);
      }
    }
  }

  /** An Ollama server. */
  public record Ollama(
      URI baseUrl, String model, int contextTokens, Duration keepAlive, int concurrency) {
    public Ollama {
      address("ollama.base-url", baseUrl);
      range("ollama.context-tokens", contextTokens, 512, 1_048_576);
      range("ollama.concurrency", concurrency, 1, 256);
    }
  }

  /** A server that speaks OpenAI's protocol. */
  public record OpenAi(
      URI baseUrl,
      Optional<String> model,
      Optional<Path> apiKeyFile,
      int contextTokens,
      int concurrency) {
    public OpenAi {
      address("openai.base-url", baseUrl);
      range("openai.context-tokens", contextTokens, 512, 1_048_576);
      range("openai.concurrency", concurrency, 1, 256);
    }
  }

  private static void address(String key, URI address) {
    String scheme = String.valueOf(address.getScheme());
    if (!scheme.matches("(?i)https?") || address.getHost() == null || address.getQuery() != null) {
      throw new IllegalArgumentException(
          "zhiku.generator."
              + key
              + " must be an address such as http://127.0.0.1:11434, got "
              + address);
    }
  }

  private static void range(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "zhiku.generator." + key + " must be " + least + ".." + most + ", got " + value);
    }
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "zhiku.generator." + key + " must be longer than 0, got " + value.toMillis() + "ms");
    }
  }
}
