package dev.zhiku.generators.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.server.ModelServer;
import dev.zhiku.generators.server.ServerWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * What the server says of its models. Base addresses are configured with and without {@code /v1};
 * which one holds is found out. Thread-safe.
 */
final class OpenAiModel implements ServerWatch.Probe {
  /** For a server that others run: whether it is there has to be known soon. */
  static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final String VERSION = "/v1";

  private final ModelServer server;
  private final Optional<String> configured;
  private final Duration patience;
  private volatile Optional<String> found = Optional.empty();
  private volatile int contextTokens = Integer.MAX_VALUE;
  private volatile String version = "";

  /** A model of a server that others run. */
  OpenAiModel(ModelServer server, Optional<String> configured) {
    this(server, configured, PATIENCE);
  }

  /**
   * @param configured name of the model; without one the first of the server's is taken
   * @param patience within which the server has to say its models
   */
  OpenAiModel(ModelServer server, Optional<String> configured, Duration patience) {
    this.patience = patience;
    this.server = server;
    this.configured = configured;
  }

  /** The model that is asked; empty before the server was seen where none is configured. */
  Optional<String> name() {
    return configured.or(() -> found);
  }

  /** Tokens that the server allows, as far as known. */
  int contextTokens() {
    return contextTokens;
  }

  /** What comes between the configured address and the route: nothing or {@code /v1}. */
  String version() {
    return version;
  }

  @Override
  public void check() throws InterruptedException {
    JsonNode models = models();
    List<String> names = new ArrayList<>();
    models.forEach(model -> names.add(model.path("id").asText()));
    found = names.stream().findFirst();
    String wanted =
        name()
            .orElseThrow(
                () -> new ChatException.ModelMissing(GeneratorText.of("openai.no-models")));
    Optional<JsonNode> listed =
        StreamSupport.stream(models.spliterator(), false)
            .filter(model -> isNamed(model, wanted))
            .findFirst();
    if (!names.isEmpty() && listed.isEmpty()) {
      throw new ChatException.ModelMissing(
          GeneratorText.of("openai.model-missing", wanted, List.copyOf(names)));
    }
    contextTokens = listed.isPresent() ? contextOf(listed.get()) : Integer.MAX_VALUE;
  }

  /** By its name, or by one of llama.cpp's further names. */
  private static boolean isNamed(JsonNode model, String wanted) {
    return model.path("id").asText().equals(wanted)
        || StreamSupport.stream(model.path("aliases").spliterator(), false)
            .anyMatch(alias -> alias.asText().equals(wanted));
  }

  /** Tokens that one question may have: said by vLLM and llama.cpp, each in its own place. */
  private static int contextOf(JsonNode model) {
    return IntStream.of(
            model.path("max_model_len").asInt(0), model.path("meta").path("n_ctx").asInt(0))
        .filter(tokens -> tokens > 0)
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  private JsonNode models() throws InterruptedException {
    ModelServer.Reply reply = server.get(version + "/models", patience);
    if (reply.status() == 404) {
      String other = version.isEmpty() ? VERSION : "";
      ModelServer.Reply second = server.get(other + "/models", patience);
      if (second.isOk()) {
        version = other;
        reply = second;
      }
    }
    if (!reply.isOk()) {
      throw reply.refusal();
    }
    return reply.json().path("data");
  }

  /** These servers load their model before they answer. */
  @Override
  public void load() {}
}
