package dev.zhiku.generators.openai;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.server.ModelServer;
import dev.zhiku.generators.server.ServerEmbedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.message.Phrase;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * An embedding model behind a server that speaks OpenAI's protocol, asked through {@code
 * /embeddings}. Such a server says no digest of its model: what it makes of a fixed text stands for
 * it, and is asked for whenever the server has been away.
 */
public final class OpenAiEmbedder {
  private OpenAiEmbedder() {}

  /**
   * Asks the server for a vector; while it is away, what it gave before is believed.
   *
   * @param key sent to the server and nobody else
   * @param client made for this embedder, which closes it
   * @param memory file that keeps what the server gave
   * @throws EmbedderAwayException if the server cannot be asked and was never asked before, or
   *     gives vectors of another dimension than is configured
   */
  public static ServerEmbedder open(
      EmbeddingConfig.OpenAi config, Optional<String> key, HttpClient client, Path memory)
      throws InterruptedException {
    return open(config, key, client, memory, System::nanoTime);
  }

  /**
   * @param nanoTime by which {@link ServerEmbedder#REST} is measured
   */
  static ServerEmbedder open(
      EmbeddingConfig.OpenAi config,
      Optional<String> key,
      HttpClient client,
      Path memory,
      LongSupplier nanoTime)
      throws InterruptedException {
    ModelServer server = server(config, key, client);
    Protocol protocol = new Protocol(config, server);
    boolean opened = false;
    try {
      OpenAiEmbedderFacts facts = facts(config, protocol, memory);
      ServerEmbedder embedder =
          new ServerEmbedder(
              new ServerEmbedder.Settings(
                  facts.id(config),
                  facts.maxTokens(),
                  config.queryPrefix(),
                  config.passagePrefix()),
              server,
              protocol.expecting(facts),
              nanoTime);
      opened = true;
      return embedder;
    } finally {
      if (!opened) {
        server.close();
      }
    }
  }

  private static ModelServer server(
      EmbeddingConfig.OpenAi config, Optional<String> key, HttpClient client) {
    Map<String, String> headers =
        key.map(k -> Map.of("Authorization", "Bearer " + k)).orElse(Map.of());
    URI root = URI.create(config.baseUrl().toString().replaceAll("/+(embeddings/*)?$", ""));
    return new ModelServer(client, root, headers);
  }

  private static OpenAiEmbedderFacts facts(
      EmbeddingConfig.OpenAi config, Protocol protocol, Path memory) throws InterruptedException {
    Optional<OpenAiEmbedderFacts> before = OpenAiEmbedderFacts.read(memory, config);
    try {
      Embedding vector = protocol.trial();
      int maxTokens = protocol.maxTokens();
      if (before.filter(known -> known.isOf(vector, maxTokens)).isPresent()) {
        return before.get();
      }
      OpenAiEmbedderFacts facts = OpenAiEmbedderFacts.first(vector, maxTokens);
      facts.write(memory, config);
      return facts;
    } catch (ChatException.Unreachable | ChatException.TimedOut | ChatException.Overloaded e) {
      return before.orElseThrow(() -> new EmbedderAwayException(e.what(), e));
    } catch (ChatException e) {
      throw new EmbedderAwayException(e.what(), e);
    }
  }

  /**
   * Asks the server once.
   *
   * @param client made for this call, which closes it
   * @return why its model cannot be used; empty if it can
   */
  public static Optional<Phrase> trouble(
      EmbeddingConfig.OpenAi config, Optional<String> key, HttpClient client)
      throws InterruptedException {
    try (ModelServer server = server(config, key, client)) {
      new Protocol(config, server).trial();
      return Optional.empty();
    } catch (ChatException e) {
      return Optional.of(e.what());
    }
  }

  /** Asks the server, and sees whether it still has the same model. */
  private static final class Protocol implements ServerEmbedder.Protocol {
    private final EmbeddingConfig.OpenAi config;
    private final OpenAiModel model;
    private final EmbeddingsRequest request;
    private final Optional<OpenAiEmbedderFacts> expected;
    private final AtomicBoolean wasAway = new AtomicBoolean();

    Protocol(EmbeddingConfig.OpenAi config, ModelServer server) {
      this(
          config,
          new OpenAiModel(server, config.model()),
          new EmbeddingsRequest(server, config),
          Optional.empty());
    }

    private Protocol(
        EmbeddingConfig.OpenAi config,
        OpenAiModel model,
        EmbeddingsRequest request,
        Optional<OpenAiEmbedderFacts> expected) {
      this.config = config;
      this.model = model;
      this.request = request;
      this.expected = expected;
    }

    Protocol expecting(OpenAiEmbedderFacts facts) {
      return new Protocol(config, model, request, Optional.of(facts));
    }

    int maxTokens() {
      return Math.min(config.maxTokens(), model.contextTokens());
    }

    /**
     * What the model makes of the fixed text.
     *
     * @throws ChatException if the server has no such model, or one of another dimension
     */
    Embedding trial() throws InterruptedException {
      model.check();
      Embedding vector =
          embed(List.of(OpenAiEmbedderFacts.TEXT), false, ServerEmbedder.PATIENCE).getFirst();
      if (config.dimension() != 0 && config.dimension() != vector.dimension()) {
        throw new ChatException.Refused(
            GeneratorText.of(
                "embedding.configured-dimension", vector.dimension(), config.dimension()));
      }
      return vector;
    }

    @Override
    public void check() throws InterruptedException {
      boolean again = wasAway.getAndSet(false);
      try {
        if (again && expected.isPresent()) {
          requireSame(expected.get(), trial());
        } else {
          model.check();
        }
      } catch (ChatException e) {
        wasAway.set(true);
        throw e;
      }
    }

    private void requireSame(OpenAiEmbedderFacts facts, Embedding vector) {
      if (!facts.isOf(vector, facts.maxTokens())) {
        throw new ChatException.Refused(
            GeneratorText.of("embedding.other-model", config.model().orElse("")));
      }
    }

    /** These servers load their model before they answer. */
    @Override
    public void load() {}

    @Override
    public List<Embedding> embed(List<String> input, boolean question, Duration patience)
        throws InterruptedException {
      try {
        return request.send(model.version(), input, question, patience);
      } catch (ChatException e) {
        wasAway.set(true);
        throw e;
      }
    }

    @Override
    public Phrase explained(ChatException why) {
      return why.what();
    }
  }
}
