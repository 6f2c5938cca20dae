package dev.zhiku.app.doctor;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.library.InstalledModel;
import dev.zhiku.generators.llamacpp.NativeBackend;
import dev.zhiku.generators.llamaserver.LlamaServerBackend;
import dev.zhiku.generators.ollama.OllamaBackend;
import dev.zhiku.generators.ollama.OllamaEmbedder;
import dev.zhiku.generators.ollama.OllamaLibrary;
import dev.zhiku.generators.ollama.OllamaSpeed;
import dev.zhiku.generators.openai.ApiKeyFile;
import dev.zhiku.generators.openai.OpenAiBackend;
import dev.zhiku.generators.openai.OpenAiEmbedder;
import dev.zhiku.generators.server.Timeouts;
import dev.zhiku.generators.server.WritingSpeed;
import dev.zhiku.index.message.Phrase;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the configured model servers are like.
 *
 * @param trouble why Ollama, or its model, cannot be asked; empty if it answers
 * @param models that Ollama has
 * @param tokensPerSecond of the configured model, measured just now; empty where it is not asked
 * @param openAi why the server that speaks OpenAI's protocol cannot be used; empty if it can, or is
 *     not chosen
 * @param embedding the same of the model that gives vectors
 * @param promptForm in which prompts for the configured model are written; empty where none writes
 *     or its server does not say what model it is
 */
public record ServerProbe(
    Optional<Phrase> trouble,
    List<InstalledModel> models,
    OptionalDouble tokensPerSecond,
    Optional<Phrase> openAi,
    Optional<Phrase> embedding,
    Optional<String> promptForm) {
  private static final Logger LOG = LoggerFactory.getLogger(ServerProbe.class);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  public ServerProbe {
    models = List.copyOf(models);
  }

  /** What Ollama alone is like, where nothing else is chosen. */
  static ServerProbe ofOllama(
      Optional<Phrase> trouble, List<InstalledModel> models, OptionalDouble tokensPerSecond) {
    return new ServerProbe(
        trouble, models, tokensPerSecond, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Asks the servers, and has the model write some words where Ollama or a file has it. */
  public static ServerProbe at(ZhikuConfig config) throws InterruptedException {
    ServerProbe ollama = ollama(config.generator());
    boolean file = config.generator().backend() == GeneratorConfig.Backend.NATIVE;
    return new ServerProbe(
        ollama.trouble(),
        ollama.models(),
        file ? nativeSpeed(config.generator().native_()) : ollama.tokensPerSecond(),
        openAi(config.generator()),
        embedding(config.embedding(), config.generator().allowedHosts()),
        promptForm(config.generator()));
  }

  private static OptionalDouble nativeSpeed(GeneratorConfig.Native config)
      throws InterruptedException {
    if (config.modelPath().filter(Files::isReadable).isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      Path temporary = Files.createTempDirectory("zhiku-doctor");
      try {
        try (ChatBackend backend = opened(config, temporary)) {
          return WritingSpeed.of(backend, PATIENCE);
        }
      } finally {
        empty(temporary);
      }
    } catch (ChatException | IOException e) {
      LOG.info("how fast the model writes was not measured: {}", e.getMessage());
      return OptionalDouble.empty();
    }
  }

  private static ChatBackend opened(GeneratorConfig.Native config, Path temporary) {
    Timeouts timeouts = new Timeouts(PATIENCE, PATIENCE);
    return config.server().isPresent()
        ? LlamaServerBackend.open(config, PromptForm.PLAIN, timeouts, temporary)
        : NativeBackend.open(config, PromptForm.PLAIN, timeouts, temporary);
  }

  private static void empty(Path temporary) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(temporary);
  }

  private static Optional<String> promptForm(GeneratorConfig config) throws InterruptedException {
    try {
      return switch (config.backend()) {
        case EXTRACTIVE -> Optional.empty();
        case NATIVE -> Optional.of(NativeBackend.promptForm(config.native_(), config.promptForm()));
        case OLLAMA ->
            Optional.of(
                OllamaBackend.promptForm(
                    config.ollama(),
                    config.promptForm(),
                    OutboundClients.toModelServer(config.allowedHosts())));
        case OPENAI -> Optional.of(openAiForm(config));
      };
    } catch (ChatException | IOException e) {
      LOG.debug("the form of prompts is not known", e);
      return Optional.empty();
    }
  }

  private static String openAiForm(GeneratorConfig config)
      throws IOException, InterruptedException {
    Optional<Path> file = config.openai().apiKeyFile();
    return OpenAiBackend.promptForm(
        config.openai(),
        config.promptForm(),
        file.isPresent() ? Optional.of(ApiKeyFile.read(file.get())) : Optional.empty(),
        OutboundClients.toModelServer(config.allowedHosts()));
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
