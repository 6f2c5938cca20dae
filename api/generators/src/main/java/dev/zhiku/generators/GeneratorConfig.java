package dev.zhiku.generators;

import dev.zhiku.generators.egress.ModelServerAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code zhiku.generator}: who writes the answer. The blocks of backends that are not chosen are
 * read and checked all the same, so that a mistake in them shows before the switch.
 *
 * @param maxAnswerTokens 16 to 32,768
 * @param reasoning whether a model may reason before it answers where the question does not say
 * @param maxReasoningTokens 0 to 131,072, apart from the answer's; 1 or more where {@code
 *     reasoning} is on
 * @param leastSupportedPercent of the text of a model's statements that its passages have to carry,
 *     0 to 100; one statement has to be carried, or the documents are quoted instead
 * @param promptForm for models whose name does not tell which form they were trained on
 * @param firstTokenTimeout until the first piece; a model may have to be loaded
 * @param idleTimeout between pieces
 * @param deadline for the whole answer
 * @param allowedHosts model servers that are neither of this machine nor of a private network
 * @param downloadHosts hosts that model files are fetched from though they are not public
 */
public record GeneratorConfig(
    Backend backend,
    int maxAnswerTokens,
    boolean reasoning,
    int maxReasoningTokens,
    int leastSupportedPercent,
    PromptForm promptForm,
    Duration firstTokenTimeout,
    Duration idleTimeout,
    Duration deadline,
    List<String> allowedHosts,
    List<String> downloadHosts,
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
    allowedHosts = List.copyOf(allowedHosts);
    downloadHosts = List.copyOf(downloadHosts);
    near("zhiku.generator.ollama.base-url", ollama.baseUrl(), allowedHosts);
    near("zhiku.generator.openai.base-url", openai.baseUrl(), allowedHosts);
    if (backend == Backend.NATIVE && native_.modelPath().isEmpty()) {
      throw new IllegalArgumentException(
          "zhiku.generator.native.model-path must name a GGUF file where the backend is native");
    }
    if (backend == Backend.OLLAMA) {
      ollama.requireOwn("zhiku.generator.ollama.model", ollama.model());
    }
    range("max-answer-tokens", maxAnswerTokens, 16, 32_768);
    range("max-reasoning-tokens", maxReasoningTokens, 0, 131_072);
    if (reasoning && maxReasoningTokens == 0) {
      throw new IllegalArgumentException(
          "zhiku.generator.max-reasoning-tokens must be 1 or more where zhiku.generator.reasoning"
              + " is true, got 0");
    }
    range("least-supported-percent", leastSupportedPercent, 0, 100);
    positive("first-token-timeout", firstTokenTimeout);
    positive("idle-timeout", idleTimeout);
    positive("deadline", deadline);
  }

  /**
   * llama.cpp in a child process.
   *
   * @param server a {@code llama-server} to be started on the model in place of the built-in
   *     library
   * @param gpuLayers layers that such a server gives to a graphics card, or {@code all}
   */
  public record Native(
      Optional<Path> modelPath,
      int contextTokens,
      int slots,
      String threads,
      Optional<Path> server,
      String gpuLayers) {
    public Native {
      if (!gpuLayers.matches("all|0|[1-9][0-9]{0,2}")) {
        throw new IllegalArgumentException(
            "zhiku.generator.native.gpu-layers must be all or 0..999, got " + gpuLayers);
      }
      range("native.context-tokens", contextTokens, 512, 1_048_576);
      range("native.slots", slots, 1, 64);
      if (!threads.matches("auto|[1-9][0-9]{0,2}")) {
        throw new IllegalArgumentException(
            "zhiku.generator.native.threads must be auto or 1..999, got " + threads);
      }
    }
  }

  /**
   * An Ollama server.
   *
   * @param cloudModels names of models that it does not run itself, which are refused otherwise
   */
  public record Ollama(
      URI baseUrl,
      String model,
      int contextTokens,
      Duration keepAlive,
      int concurrency,
      List<String> cloudModels) {
    private static final Pattern CLOUD = Pattern.compile("(?i).+[:-]cloud");

    public Ollama {
      cloudModels = List.copyOf(cloudModels);
      address("ollama.base-url", baseUrl);
      range("ollama.context-tokens", contextTokens, 512, 1_048_576);
      range("ollama.concurrency", concurrency, 1, 256);
    }

    /** Whether the model may be used though its server has another company run it. */
    public boolean allowsCloud(String name) {
      return cloudModels.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Whether Ollama runs models of this name in its cloud: {@code gpt-oss:120b-cloud}. */
    public static boolean isCloud(String name) {
      return CLOUD.matcher(name).matches();
    }

    /**
     * @param key that names the model
     * @throws IllegalArgumentException if it is one of Ollama's cloud and not allowed
     */
    public void requireOwn(String key, String name) {
      if (isCloud(name) && !allowsCloud(name)) {
        throw new IllegalArgumentException(
            key
                + " "
                + name
                + " is run in Ollama's cloud, which would see questions and passages. If that is"
                + " meant, name it in zhiku.generator.ollama.cloud-models.");
      }
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

  /**
   * @throws IllegalArgumentException if the address of a model server, as it is written, is neither
   *     near nor allowed
   */
  public static void near(String key, URI address, List<String> allowedHosts) {
    ModelServerAddress.trouble(address, allowedHosts)
        .ifPresent(
            rule -> {
              throw new IllegalArgumentException(key + " " + rule + ".");
            });
  }

  private static void address(String key, URI address) {
    String scheme = String.valueOf(address.getScheme());
    if (!scheme.matches("(?i)https?")
        || address.getHost() == null
        || address.getRawUserInfo() != null
        || address.getQuery() != null) {
      throw new IllegalArgumentException(
          "zhiku.generator."
              + key
              + " must be an address such as http://127.0.0.1:11434, without a name, a password"
              + " and a query");
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
