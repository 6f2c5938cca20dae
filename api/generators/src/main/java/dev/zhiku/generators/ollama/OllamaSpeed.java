package dev.zhiku.generators.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.server.ModelServer;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** How fast the configured model of an Ollama server writes, as the server itself counts it. */
public final class OllamaSpeed {
  private static final int TOKENS = 64;

  private OllamaSpeed() {}

  /**
   * Has it write some words, which loads the model if need be, with the context that questions are
   * asked with: with another one the server would load it twice.
   *
   * @param client closed afterwards
   * @param patience for all of it
   * @return tokens per second; empty if the server does not count
   * @throws dev.zhiku.answering.chat.ChatException if it is away or refuses
   */
  public static OptionalDouble measure(
      GeneratorConfig.Ollama config, HttpClient client, Duration patience)
      throws InterruptedException {
    try (ModelServer server = new ModelServer(client, config.baseUrl(), Map.of())) {
      OllamaModel facts = new OllamaModel(server, config, patience);
      facts.check();
      ModelServer.Reply reply =
          server.post(
              "/api/chat",
              Map.of(
                  "model",
                  config.model(),
                  "messages",
                  List.of(Map.of("role", "user", "content", "Count from one to fifty in words.")),
                  "stream",
                  false,
                  "options",
                  Map.of("num_predict", TOKENS, "num_ctx", facts.contextTokens())),
              patience);
      if (!reply.isOk()) {
        throw reply.refusal();
      }
      JsonNode counted = reply.json();
      double seconds = counted.path("eval_duration").asDouble() / 1e9;
      double tokens = counted.path("eval_count").asDouble();
      return seconds > 0 && tokens > 0
          ? OptionalDouble.of(tokens / seconds)
          : OptionalDouble.empty();
    }
  }
}
