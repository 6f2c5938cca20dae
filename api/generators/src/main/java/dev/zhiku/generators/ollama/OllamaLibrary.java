package dev.zhiku.generators.ollama;

import static dev.zhiku.generators.library.PullProgress.Phase.ASKING;
import static dev.zhiku.generators.library.PullProgress.Phase.DOWNLOADING;
import static dev.zhiku.generators.library.PullProgress.Phase.VERIFYING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.library.InstalledModel;
import dev.zhiku.generators.library.InstalledModel.Library;
import dev.zhiku.generators.library.PullProgress;
import dev.zhiku.generators.library.ServerLibrary;
import dev.zhiku.generators.server.ModelServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The models of an Ollama server, by {@code /api/tags, /api/show, /api/pull, /api/delete}.
 * Thread-safe.
 */
public final class OllamaLibrary implements ServerLibrary {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Ollama reports several times a second while it fetches, and not while it checks sums. */
  private static final Duration PULL_IDLE = Duration.ofMinutes(10);

  /** Of further models only what the list itself says is shown. */
  private static final int MOST_SHOWN = 50;

  private static final String LATEST = ":latest";

  /** The family under which this service lists itself to programs for Ollama. */
  private static final String OURS = "zhiku";

  private final Supplier<URI> address;
  private final Supplier<HttpClient> clients;

  /**
   * @param address of the server, asked for each call
   * @param clients makes a client for each call, which closes it
   */
  public OllamaLibrary(Supplier<URI> address, Supplier<HttpClient> clients) {
    this.address = address;
    this.clients = clients;
  }

  private ModelServer server() {
    return new ModelServer(clients.get(), address.get(), Map.of());
  }

  @Override
  public List<InstalledModel> list() throws InterruptedException {
    try (ModelServer server = server()) {
      List<InstalledModel> models = new ArrayList<>();
      for (JsonNode tag : tags(server)) {
        models.add(model(tag, models.size() < MOST_SHOWN ? show(server, name(tag)) : none()));
      }
      return models;
    }
  }

  @Override
  public Optional<InstalledModel> find(String name) throws InterruptedException {
    try (ModelServer server = server()) {
      for (JsonNode tag : tags(server)) {
        if (name(tag).equalsIgnoreCase(name) || name(tag).equalsIgnoreCase(name + LATEST)) {
          return Optional.of(model(tag, show(server, name(tag))));
        }
      }
      return Optional.empty();
    }
  }

  /** Those of the server; where it is a service like this one, answers are no models to use. */
  private static List<JsonNode> tags(ModelServer server) throws InterruptedException {
    ModelServer.Reply reply = server.get("/api/tags", PATIENCE);
    if (!reply.isOk()) {
      throw reply.refusal();
    }
    List<JsonNode> models = new ArrayList<>();
    for (JsonNode tag : reply.json().path("models")) {
      if (!tag.path("details").path("family").asText().equals(OURS)) {
        models.add(tag);
      }
    }
    return models;
  }

  /** Description of one model by the server; nothing if it went in the meantime. */
  private static JsonNode show(ModelServer server, String name) throws InterruptedException {
    ModelServer.Reply reply =
        server.post("/api/show", Map.of("model", name, "verbose", false), PATIENCE);
    return reply.isOk() ? reply.json() : none();
  }

  private static JsonNode none() {
    return MissingNode.getInstance();
  }

  private static String name(JsonNode tag) {
    return tag.path("name").asText();
  }

  private static InstalledModel model(JsonNode tag, JsonNode shown) {
    JsonNode details = tag.path("details");
    List<String> capabilities = new ArrayList<>();
    shown.path("capabilities").forEach(capability -> capabilities.add(capability.asText()));
    String digest = tag.path("digest").asText().replaceFirst("^sha256:", "");
    return new InstalledModel(
        name(tag),
        Library.OLLAMA,
        tag.path("size").asLong(),
        text(details.path("parameter_size")),
        text(details.path("quantization_level")),
        context(shown.path("model_info")),
        capabilities,
        Optional.of(digest).filter(d -> d.matches("[0-9a-f]{64}")));
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.of(node.asText()).filter(text -> !text.isEmpty());
  }

  private static OptionalInt context(JsonNode info) {
    for (Map.Entry<String, JsonNode> fact : info.properties()) {
      if (fact.getKey().endsWith(".context_length") && fact.getValue().asInt() > 0) {
        return OptionalInt.of(fact.getValue().asInt());
      }
    }
    return OptionalInt.empty();
  }

  @Override
  public void pull(String name, PullProgress progress) throws InterruptedException {
    Layers layers = new Layers(progress);
    try (ModelServer server = server()) {
      server.follow("/api/pull", Map.of("model", name, "stream", true), PULL_IDLE, layers::line);
    }
    if (!layers.done) {
      throw new ChatException.Broken(GeneratorText.of("ollama.pull-ended"), null);
    }
  }

  /**
   * A model is fetched in layers, each with bytes of its own. Ollama reports by the clock: of a
   * layer the last bytes and of a small one all of them come without a line.
   */
  private static final class Layers {
    private final PullProgress progress;
    private final Map<String, Long> totals = new HashMap<>();
    private final Map<String, Long> completed = new HashMap<>();
    private boolean done;

    Layers(PullProgress progress) {
      this.progress = progress;
    }

    void line(JsonNode line) {
      if (line.hasNonNull("error")) {
        String error = line.path("error").asText();
        throw new ChatException.Refused(GeneratorText.of("ollama.said", error));
      }
      String status = line.path("status").asText();
      String digest = line.path("digest").asText();
      PullProgress.Phase phase = phase(status, digest);
      if (phase == DOWNLOADING) {
        totals.put(digest, line.path("total").asLong());
        completed.merge(digest, line.path("completed").asLong(), Math::max);
      } else if (phase == VERIFYING) {
        completed.putAll(totals);
      }
      done = status.equals("success");
      progress.set(phase, sum(completed), sum(totals));
    }

    private static PullProgress.Phase phase(String status, String digest) {
      if (!digest.isEmpty()) {
        return DOWNLOADING;
      }
      return status.equals("pulling manifest") ? ASKING : VERIFYING;
    }

    private static long sum(Map<String, Long> layers) {
      return layers.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  @Override
  public boolean remove(String name) throws InterruptedException {
    try (ModelServer server = server()) {
      ModelServer.Reply reply = server.delete("/api/delete", Map.of("model", name), PATIENCE);
      if (reply.status() == 404) {
        return false;
      }
      if (!reply.isOk()) {
        throw reply.refusal();
      }
      return true;
    }
  }
}
