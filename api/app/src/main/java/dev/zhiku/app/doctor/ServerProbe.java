package dev.zhiku.app.doctor;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.library.InstalledModel;
import dev.zhiku.generators.ollama.OllamaEmbedder;
import dev.zhiku.generators.ollama.OllamaLibrary;
import dev.zhiku.generators.ollama.OllamaSpeed;
import dev.zhiku.generators.openai.ApiKeyFile;
import dev.zhiku.generators.openai.OpenAiBackend;
import dev.zhiku.generators.openai.OpenAiEmbedder;
import dev.zhiku.index.message.Phrase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the configured model servers are like.
 *
 * @param trouble why Ollama, or its model, cannot be asked; empty if it answers
 * @param models that Ollama has
 * @param tokensPerSecond of the configured model, measured just now; empty where it is not asked
 * @param openAi why the server that speaks OpenAI's protocol cannot be used; empty if it can, or is
 *     not chosen
 * @param embedding the same of the model that gives vectors
 */
public record ServerProbe(
    Optional<Phrase> trouble,
    List<InstalledModel> models,
    OptionalDouble tokensPerSecond,
    Optional<Phrase> openAi,
    Optional<Phrase> embedding) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  public ServerProbe {
    models = List.copyOf(models);
  }

  /** What Ollama alone is like, where nothing else is chosen. */
  static ServerProbe ofOllama(
      Optional<Phrase> trouble, List<InstalledModel> models, OptionalDouble tokensPerSecond) {
    return new ServerProbe(trouble, models, tokensPerSecond, Optional.empty(), Optional.empty());
  }

  /** Asks the servers, and has Ollama write some words where it is what writes the answers. */
  public static ServerProbe at(ZhikuConfig config) throws InterruptedException {
    ServerProbe ollama = ollama(config.generator());
    return new ServerProbe(
        ollama.trouble(),
        ollama.models(),
        ollama.tokensPerSecond(),
        openAi(config.generator()),
        embedding(config.embedding(), config.generator().allowedHosts()));
  }

  private static ServerProbe ollama(GeneratorConfig config) throws InterruptedException {
    GeneratorConfig.Ollama ollama = config.ollama();
    List<InstalledModel> models;
    try {
      models =
          new OllamaLibrary(
                  ollama::baseUrl, () -> OutboundClients.toModelServer(config.allowedHosts()))
              .list();
    } catch (ChatException e) {
      return ofOllama(Optional.of(e.what()), List.of(), OptionalDouble.empty());
    }
    if (config.backend() != GeneratorConfig.Backend.OLLAMA) {
      return ofOllama(Optional.empty(), models, OptionalDouble.empty());
    }
    try {
      return ofOllama(
          Optional.empty(),
          models,
          OllamaSpeed.measure(
              ollama, OutboundClients.toModelServer(config.allowedHosts()), PATIENCE));
    } catch (ChatException e) {
      return ofOllama(Optional.of(e.what()), models, OptionalDouble.empty());
    }
  }

  private static Optional<Phrase> openAi(GeneratorConfig config) throws InterruptedException {
    if (config.backend() != GeneratorConfig.Backend.OPENAI) {
      return Optional.empty();
    }
    return withKey(
        config.openai().apiKeyFile(),
        key ->
            OpenAiBackend.trouble(
                config.openai(), key, OutboundClients.toModelServer(config.allowedHosts())));
  }

  private static Optional<Phrase> embedding(EmbeddingConfig config, List<String> allowedHosts)
      throws InterruptedException {
    return switch (config.backend()) {
      case OLLAMA ->
          OllamaEmbedder.trouble(
              config.ollama(), () -> OutboundClients.toModelServer(allowedHosts));
      case OPENAI ->
          withKey(
              config.openai().apiKeyFile(),
              key ->
                  OpenAiEmbedder.trouble(
                      config.openai(), key, OutboundClients.toModelServer(allowedHosts)));
      case ONNX, ONNX_FOLDER, HASHING -> Optional.empty();
    };
  }

  /** A look at a server that may want a key. */
  @FunctionalInterface
  private interface Look {
    Optional<Phrase> with(Optional<String> key) throws InterruptedException;
  }

  private static Optional<Phrase> withKey(Optional<Path> file, Look look)
      throws InterruptedException {
    Optional<String> key;
    try {
      key = file.isPresent() ? Optional.of(ApiKeyFile.read(file.get())) : Optional.empty();
    } catch (IOException e) {
      return Optional.of(AppText.of("key-file.unusable", file.orElseThrow(), e.getMessage()));
    }
    return look.with(key);
  }

  /** The one of this name, if the server has it. */
  Optional<InstalledModel> model(String name) {
    return models.stream()
        .filter(m -> m.name().equalsIgnoreCase(name) || m.name().equalsIgnoreCase(name + ":latest"))
        .findFirst();
  }
}
