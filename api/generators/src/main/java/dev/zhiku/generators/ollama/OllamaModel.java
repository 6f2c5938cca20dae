package dev.zhiku.generators.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.server.ModelServer;
import dev.zhiku.generators.server.ServerWatch;
import dev.zhiku.index.message.Phrase;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the server says of the configured model, and having it loaded. Thread-safe. */
final class OllamaModel implements ServerWatch.Probe {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final ModelServer server;
  private final GeneratorConfig.Ollama config;
  private final Duration loading;
  private volatile boolean own;
  private volatile boolean thinks;
  private volatile boolean callsTools;
  private volatile String architecture = "";
  private volatile int trainedContext = Integer.MAX_VALUE;

  /**
   * @param loading how long it may take to load the model
   */
  OllamaModel(ModelServer server, GeneratorConfig.Ollama config, Duration loading) {
    this.server = server;
    this.config = config;
    this.loading = loading;
  }

  /** Whether reasoning can be asked for and switched off; to others the field is an error. */
  boolean thinks() {
    return thinks;
  }

  /** Whether it can be offered tools; to others the field is an error. */
  boolean callsTools() {
    return callsTools;
  }

  /** Such as {@code qwen2}; empty as long as the server has not said it. */
  String architecture() {
    return architecture;
  }

  /** Tokens of the context to ask for: no more than the model was trained for, if that is known. */
  int contextTokens() {
    return Math.min(config.contextTokens(), trainedContext);
  }

  @Override
  public void check() throws InterruptedException {
    ModelServer.Reply reply =
        server.post("/api/show", Map.of("model", config.model(), "verbose", false), PATIENCE);
    if (reply.status() == 404) {
      throw missing(config.model());
    }
    if (!reply.isOk()) {
      throw reply.refusal();
    }
    JsonNode shown = reply.json();
    requireOwn(shown);
    architecture = shown.path("model_info").path("general.architecture").asText();
    thinks = contains(shown.path("capabilities"), "thinking");
    callsTools = contains(shown.path("capabilities"), "tools");
    for (Map.Entry<String, JsonNode> fact : shown.path("model_info").properties()) {
      if (fact.getKey().endsWith(".context_length") && fact.getValue().asInt() > 0) {
        trainedContext = fact.getValue().asInt();
      }
    }
  }

  /**
   * Makes sure that the server itself runs the model, before anything is sent to it.
   *
   * @throws ChatException.Refused if another company does, and the model is not allowed by name
   */
  void requireOwn() throws InterruptedException {
    if (!own) {
      check();
    }
  }

  private void requireOwn(JsonNode shown) {
    boolean remote =
        !shown.path("remote_host").asText().isEmpty()
            || !shown.path("remote_model").asText().isEmpty();
    own = !remote || config.allowsCloud(config.model());
    if (!own) {
      throw new ChatException.Refused(GeneratorText.of("ollama.runs-elsewhere", config.model()));
    }
  }

  /**
   * A chat without messages loads the model, with the context it will be asked with. Where it is to
   * be kept for no time at all such a chat would unload it.
   */
  @Override
  public void load() throws InterruptedException {
    if (config.keepAlive().toSeconds() == 0) {
      return;
    }
    ModelServer.Reply reply =
        server.post(
            "/api/chat",
            Map.of(
                "model",
                config.model(),
                "messages",
                List.of(),
                "stream",
                false,
                "keep_alive",
                config.keepAlive().toSeconds(),
                "options",
                Map.of("num_ctx", contextTokens())),
            loading);
    if (!reply.isOk()) {
      throw reply.refusal();
    }
  }

  private static boolean contains(JsonNode array, String value) {
    for (JsonNode element : array) {
      if (element.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** That the server has no model of this name, with what helps. */
  static ChatException missing(String model) {
    return new ChatException.ModelMissing(GeneratorText.of("ollama.model-missing", model));
  }

  /** Why the server is away, with what helps. */
  Phrase explained(ChatException trouble) {
    return explained(trouble, server);
  }

  /** Why a server is away, with what helps. */
  static Phrase explained(ChatException trouble, ModelServer server) {
    Phrase what = trouble.what();
    return trouble instanceof ChatException.Unreachable && !isThisMachine(server)
        ? GeneratorText.of("ollama.own-machine-only", what)
        : what;
  }

  private static boolean isThisMachine(ModelServer server) {
    try {
      String host = URI.create(server.base()).getHost();
      return host != null && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
