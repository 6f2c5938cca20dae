package dev.zhiku.app.wiring;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.llamacpp.NativeBackend;
import dev.zhiku.generators.llamaserver.LlamaServerBackend;
import dev.zhiku.generators.ollama.OllamaBackend;
import dev.zhiku.generators.openai.ApiKeyFile;
import dev.zhiku.generators.openai.OpenAiBackend;
import dev.zhiku.generators.server.Timeouts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the configured generator. */
final class GeneratorFactory {
  private GeneratorFactory() {}

  /**
   * Opens the configured generator; waits for no server and no model.
   *
   * @param quoting the one that needs no model
   * @param temporary makes a directory for passing files, where the generator needs one
   * @throws CannotStart if a file that is named cannot be used
   */
  static ChatBackend open(GeneratorConfig config, ChatBackend quoting, Supplier<Path> temporary) {
    Timeouts timeouts = new Timeouts(config.firstTokenTimeout(), config.idleTimeout());
    return switch (config.backend()) {
      case EXTRACTIVE -> quoting;
      case OLLAMA ->
          OllamaBackend.open(
              config.ollama(),
              config.promptForm(),
              timeouts,
              OutboundClients.toModelServer(config.allowedHosts()));
      case OPENAI ->
          OpenAiBackend.open(
              config.openai(),
              config.promptForm(),
              key(config.openai()),
              timeouts,
              OutboundClients.toModelServer(config.allowedHosts()));
      case NATIVE ->
          config.native_().server().isPresent()
              ? LlamaServerBackend.open(
                  config.native_(), config.promptForm(), timeouts, temporary.get())
              : NativeBackend.open(
                  config.native_(), config.promptForm(), timeouts, temporary.get());
    };
  }

  private static Optional<String> key(GeneratorConfig.OpenAi config) {
    return config.apiKeyFile().map(file -> key("zhiku.generator.openai.api-key-file", file));
  }

  /**
   * The key in a file.
   *
   * @param setting that names the file
   * @throws CannotStart if it cannot be used
   */
  static String key(String setting, Path file) {
    try {
      return ApiKeyFile.read(file);
    } catch (IOException e) {
      throw new CannotStart(
          CannotStart.Code.BAD_CONFIGURATION,
          setting + " " + file + " cannot be used: " + e.getMessage());
    }
  }
}
