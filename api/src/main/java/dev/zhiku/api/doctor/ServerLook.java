package dev.zhiku.api.doctor;

import dev.zhiku.api.answer.ChatException;
import dev.zhiku.api.answer.GeneratorConfig;
import dev.zhiku.api.backend.ollama.OllamaLibrary;
import dev.zhiku.api.backend.ollama.OllamaSpeed;
import dev.zhiku.api.egress.OutboundClients;
import dev.zhiku.api.http.Phrase;
import dev.zhiku.api.models.InstalledModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the configured Ollama server is like.
 *
 * @param trouble why it, or its model, cannot be asked; empty if it answers
 * @param models that it has
 * @param tokensPerSecond of the configured model, measured just now; empty where it is not asked
 */
public record ServerLook(
    Optional<Phrase> trouble, List<InstalledModel> models, OptionalDouble tokensPerSecond) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  public ServerLook {
    models = List.copyOf(models);
  }

  /** Asks the server, and has it write some words where it is what writes the answers. */
  public static ServerLook at(GeneratorConfig config) throws InterruptedException {
    GeneratorConfig.Ollama ollama = config.ollama();
    List<InstalledModel> models;
    try {
      models = new OllamaLibrary(ollama::baseUrl, OutboundClients::toModelServer).list();
    } catch (ChatException e) {
      return new ServerLook(Optional.of(e.what()), List.of(), OptionalDouble.empty());
    }
    if (config.backend() != GeneratorConfig.Backend.OLLAMA) {
      return new ServerLook(Optional.empty(), models, OptionalDouble.empty());
    }
    try {
      return new ServerLook(
          Optional.empty(),
          models,
          OllamaSpeed.measure(ollama, OutboundClients.toModelServer(), PATIENCE));
    } catch (ChatException e) {
      return new ServerLook(Optional.of(e.what()), models, OptionalDouble.empty());
    }
  }

  /** The one of this name, if the server has it. */
  Optional<InstalledModel> model(String name) {
    return models.stream()
        .filter(m -> m.name().equals(name) || m.name().equals(name + ":latest"))
        .findFirst();
  }
}
