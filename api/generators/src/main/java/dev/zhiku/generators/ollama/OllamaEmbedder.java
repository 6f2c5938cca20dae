package dev.zhiku.generators.ollama;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.server.ModelServer;
import dev.zhiku.generators.server.ServerWatch;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.message.Phrase;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An embedding model of an Ollama server, asked through {@code /api/embed}. While the server or the
 * model is away every call says so at once, and its return is noticed without a call. Thread-safe.
 */
public final class OllamaEmbedder implements Embedder {
  /** Most texts of one request: its reply stays below 1 MB. */
  private static final int MOST_AT_ONCE = 16;

  /** A question may have to wait for the request before it: fewer texts if it took longer. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(1);

  /** The server may have to load the model first. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Who asks is better served by the words alone than after a longer wait. */
  private static final Duration PATIENCE_OF_QUESTIONS = Duration.ofSeconds(10);

  /** After a failure nobody tries again for so long. */
  static final Duration REST = Duration.ofSeconds(5);

  /** No vocabulary takes more characters together on average; what is longer is cut anyway. */
  private static final int MAX_CHARS_PER_TOKEN = 16;

  /** Where the server does not say it. */
  private static final int SOME_TOKENS = 512;

  /** A word of usual length, or one character of a script without spaces between words. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\p{IsIdeographic}|[\\p{L}\\p{N}&&[^\\p{IsIdeographic}]]{1,4}|[^\\p{L}\\p{N}\\s]");

  private final EmbeddingConfig.Ollama config;
  private final ModelServer server;
  private final OllamaEmbedderFacts facts;
  private final ServerWatch watch;
  private final LongSupplier nanoTime;
  private final AtomicInteger textsAtOnce = new AtomicInteger(1);
  private volatile @Nullable Failure failure;

  /** The last one, and when it was. */
  private record Failure(EmbedderAwayException why, long nanos) {}

  private OllamaEmbedder(
      EmbeddingConfig.Ollama config,
      ModelServer server,
      OllamaLibrary library,
      OllamaEmbedderFacts facts,
      LongSupplier nanoTime) {
    this.config = config;
    this.server = server;
    this.facts = facts;
    this.nanoTime = nanoTime;
    this.watch = ServerWatch.start(server.base(), new Probe(library));
  }

  /**
   * Asks the server what model it has; while it is away, what it said before is believed.
   *
   * @param servers makes a client each time it is asked
   * @param memory file that keeps what the server said
   * @throws EmbedderAwayException if the server cannot be asked and was never asked before
   */
  public static OllamaEmbedder open(
      EmbeddingConfig.Ollama config, Supplier<HttpClient> servers, Path memory)
      throws InterruptedException {
    return open(config, servers, memory, System::nanoTime);
  }

  /**
   * @param nanoTime by which {@link #REST} is measured
   */
  static OllamaEmbedder open(
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
      OllamaEmbedder embedder = new OllamaEmbedder(config, server, library, facts, nanoTime);
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
          EmbedRequest.send(server, config, List.of("."), PATIENCE).getFirst().dimension();
      OllamaEmbedderFacts facts = new OllamaEmbedderFacts(model, dimension);
      facts.write(memory, config);
      return facts;
    } catch (ChatException e) {
      return before.orElseThrow(() -> away(e, server));
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
      EmbedRequest.send(server, config, List.of("."), PATIENCE);
      return Optional.empty();
    } catch (ChatException e) {
      return Optional.of(e.what());
    }
  }

  /** What the server has under the configured name now. */
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

  /** Sees the server come back, and whether it still has the same model. */
  private final class Probe implements ServerWatch.Probe {
    private final OllamaLibrary library;

    Probe(OllamaLibrary library) {
      this.library = library;
    }

    @Override
    public void check() throws InterruptedException {
      if (!model(config, library).equals(facts.model())) {
        throw new ChatException.Refused(GeneratorText.of("embedding.other-model", config.model()));
      }
    }

    @Override
    public void load() throws InterruptedException {
      EmbedRequest.send(server, config, List.of("."), PATIENCE);
    }
  }

  @Override
  public EmbedderId id() {
    return facts.id(config);
  }

  @Override
  public List<Embedding> embedPassages(List<String> texts) throws InterruptedException {
    Embedder.requireTexts(texts);
    List<Embedding> vectors = new ArrayList<>(texts.size());
    while (vectors.size() < texts.size()) {
      int from = vectors.size();
      List<String> some = texts.subList(from, Math.min(texts.size(), from + textsAtOnce.get()));
      long begun = System.nanoTime();
      vectors.addAll(embed(config.passagePrefix(), some, PATIENCE));
      took(some.size(), System.nanoTime() - begun);
    }
    return List.copyOf(vectors);
  }

  /** As many as fit into the time, for the next request: halved or doubled. */
  private void took(int texts, long nanos) {
    if (nanos > LONGEST_REQUEST.toNanos()) {
      textsAtOnce.set(Math.max(1, texts / 2));
    } else if (2 * nanos < LONGEST_REQUEST.toNanos()) {
      textsAtOnce.accumulateAndGet(Math.min(MOST_AT_ONCE, 2 * texts), Math::max);
    }
  }

  @Override
  public Embedding embedQuery(String question) throws InterruptedException {
    return embed(config.queryPrefix(), List.of(question), PATIENCE_OF_QUESTIONS).getFirst();
  }

  private List<Embedding> embed(Optional<String> prefix, List<String> texts, Duration patience)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the model was asked");
    }
    Optional<EmbedderAwayException> away = away();
    if (away.isPresent()) {
      throw away.get();
    }
    List<String> input = texts.stream().map(text -> input(prefix, text)).toList();
    try {
      List<Embedding> vectors = EmbedRequest.send(server, config, input, patience);
      if (vectors.stream().anyMatch(vector -> vector.dimension() != facts.dimension())) {
        throw otherDimension(vectors.getFirst().dimension());
      }
      return vectors;
    } catch (ChatException e) {
      watch.failed(e);
      if (isFaultOfTheTexts(e)) {
        throw new EmbeddingException(e.what().english(), e);
      }
      EmbedderAwayException why = away(e, server);
      failure = new Failure(why, nanoTime.getAsLong());
      throw why;
    }
  }

  private ChatException otherDimension(int dimension) {
    return new ChatException.Refused(
        GeneratorText.of("embedding.other-dimension", dimension, facts.dimension()));
  }

  /** A server that embeds something else well has trouble with these texts alone. */
  private boolean isFaultOfTheTexts(ChatException e) throws InterruptedException {
    boolean perhaps = e instanceof ChatException.Broken || e instanceof ChatException.PromptTooLong;
    if (!perhaps) {
      return false;
    }
    try {
      return EmbedRequest.send(server, config, List.of("."), PATIENCE_OF_QUESTIONS).size() == 1;
    } catch (ChatException too) {
      return false;
    }
  }

  /** Nothing cannot be embedded by every model. */
  private String input(Optional<String> prefix, String text) {
    String whole = prefix.map(words -> words + " " + text).orElse(text);
    int most = maxTokens() * MAX_CHARS_PER_TOKEN;
    String cut = whole.length() <= most ? whole : whole.substring(0, most);
    return cut.isBlank() ? "." : cut;
  }

  @Override
  public Optional<EmbedderAwayException> away() {
    Optional<ChatException> trouble = watch.trouble();
    if (trouble.isPresent()) {
      return trouble.map(why -> away(why, server));
    }
    return Optional.ofNullable(failure)
        .filter(last -> nanoTime.getAsLong() - last.nanos() < REST.toNanos())
        .map(Failure::why);
  }

  private static EmbedderAwayException away(ChatException why, ModelServer server) {
    Phrase what = OllamaModel.explained(why, server);
    return new EmbedderAwayException(what, why);
  }

  @Override
  public boolean computesHere() {
    return false;
  }

  @Override
  public int countTokens(String text) {
    Matcher tokens = TOKEN.matcher(text);
    int count = 0;
    while (tokens.find()) {
      count++;
    }
    return count;
  }

  @Override
  public int maxTokens() {
    return facts.model().contextTokens();
  }

  @Override
  public void close() {
    watch.close();
    server.close();
  }
}
