package dev.zhiku.generators.ollama;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.server.ModelServer;
import dev.zhiku.generators.server.ServerEmbedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.message.Phrase;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** An embedding model of an Ollama server, asked through {@code /api/embed}. */
public final class OllamaEmbedder {
  /** Where the server does not say it. */
  private static final int SOME_TOKENS = 512;

  private OllamaEmbedder() {}

  /**
   * Asks the server what model it has; while it is away, what it said before is believed.
   *
   * @param servers makes a client each time it is asked
   * @param memory file that keeps what the server said
   * @throws EmbedderAwayException if the server cannot be asked and was never asked before
   */
  public static ServerEmbedder open(
      EmbeddingConfig.Ollama config, Supplier<HttpClient> servers, Path memory)
      throws InterruptedException {
    return open(config, servers, memory, System::nanoTime);
  }

  /**
   * @param nanoTime by which {@link ServerEmbedder#REST} is measured
   */
  static ServerEmbedder open(
      EmbeddingConfig.Ollama config,
      Supplier<HttpClient> servers,
      Path memory,
      LongSupplier nanoTime)
      throws InterruptedException {
    OllamaLibrary library = new OllamaLibrary(config::baseUrl, servers);
    ModelServer server = new ModelServer(servers.get(), config.baseUrl(), Map.of());
    boolean opened = false;
    try {
      OllamaEmbedderFacts facts = facts(config, server, library, memory);
      ServerEmbedder embedder =
          new ServerEmbedder(
              new ServerEmbedder.Settings(
                  facts.id(config),
                  facts.model().contextTokens(),
                  config.queryPrefix(),
                  config.passagePrefix()),
              server,
              new Protocol(config, server, library, facts),
              nanoTime);
      opened = true;
      return embedder;
    } finally {
      if (!opened) {
        server.close();
      }
    }
  }

  private static OllamaEmbedderFacts facts(
      EmbeddingConfig.Ollama config, ModelServer server, OllamaLibrary library, Path memory)
      throws InterruptedException {
    Optional<OllamaEmbedderFacts> before = OllamaEmbedderFacts.read(memory, config);
    try {
      OllamaEmbedderFacts.Model model = model(config, library);
      if (before.filter(known -> known.model().equals(model)).isPresent()) {
        return before.get();
      }
      int dimension =
          EmbedRequest.send(server, config, List.of("."), ServerEmbedder.PATIENCE)
              .getFirst()
              .dimension();
      OllamaEmbedderFacts facts = new OllamaEmbedderFacts(model, dimension);
      facts.write(memory, config);
      return facts;
    } catch (ChatException e) {
      return before.orElseThrow(
          () -> new EmbedderAwayException(OllamaModel.explained(e, server), e));
    }
  }

  /**
   * Asks the server once.
   *
   * @param servers makes a client each time it is asked
   * @return why its model cannot be used; empty if it can
   */
  public static Optional<Phrase> trouble(
      EmbeddingConfig.Ollama config, Supplier<HttpClient> servers) throws InterruptedException {
    try (ModelServer server = new ModelServer(servers.get(), config.baseUrl(), Map.of())) {
      model(config, new OllamaLibrary(config::baseUrl, servers));
      EmbedRequest.send(server, config, List.of("."), ServerEmbedder.PATIENCE);
      return Optional.empty();
    } catch (ChatException e) {
      return Optional.of(e.what());
    }
  }

  /** The model that the server has under the configured name now. */
  private static OllamaEmbedderFacts.Model model(
      EmbeddingConfig.Ollama config, OllamaLibrary library) throws InterruptedException {
    return library
        .find(config.model())
        .map(
            found ->
                new OllamaEmbedderFacts.Model(
                    found.sha256().orElse(""), found.contextTokens().orElse(SOME_TOKENS)))
        .orElseThrow(() -> OllamaModel.missing(config.model()));
  }

  /** Asks the server, and sees whether it still has the same model. */
  private record Protocol(
      EmbeddingConfig.Ollama config,
      ModelServer server,
      OllamaLibrary library,
      OllamaEmbedderFacts facts)
      implements ServerEmbedder.Protocol {

    @Override
    public void check() throws InterruptedException {
      if (!model(config, library).equals(facts.model())) {
        throw new ChatException.Refused(GeneratorText.of("embedding.other-model", config.model()));
      }
    }

    @Override
    public void load() throws InterruptedException {
      EmbedRequest.send(server, config, List.of("."), ServerEmbedder.PATIENCE);
    }

    @Override
    public List<Embedding> embed(List<String> input, boolean question, Duration patience)
        throws InterruptedException {
      return EmbedRequest.send(server, config, input, patience);
    }

    @Override
    public Phrase explained(ChatException why) {
      return OllamaModel.explained(why, server);
    }
  }
}
