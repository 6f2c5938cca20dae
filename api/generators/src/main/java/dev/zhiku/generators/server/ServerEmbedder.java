package dev.zhiku.generators.server;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.message.Phrase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An embedding model of a server, whatever its protocol. While the server or the model is away
 * every call says so at once, and its return is noticed without a call. Thread-safe.
 */
public final class ServerEmbedder implements Embedder {
  /** Most texts of one request: its reply stays below 1 MB. */
  private static final int MOST_AT_ONCE = 16;

  /** A question may have to wait for the request before it: fewer texts if it took longer. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(1);

  /** The server may have to load the model first. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Who asks is better served by the words alone than after a longer wait. */
  private static final Duration PATIENCE_OF_QUESTIONS = Duration.ofSeconds(10);

  /** After a failure nobody tries again for so long. */
  public static final Duration REST = Duration.ofSeconds(5);

  /** No vocabulary takes more characters together on average; what is longer is cut anyway. */
  private static final int MAX_CHARS_PER_TOKEN = 16;

  /** A word of usual length, or one character of a script without spaces between words. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\p{IsIdeographic}|[\\p{L}\\p{N}&&[^\\p{IsIdeographic}]]{1,4}|[^\\p{L}\\p{N}\\s]");

  private final Settings settings;
  private final ModelServer server;
  private final Protocol protocol;
  private final ServerWatch watch;
  private final LongSupplier nanoTime;
  private final AtomicInteger textsAtOnce = new AtomicInteger(1);
  private volatile @Nullable Failure failure;

  /** The last one, and when it was. */
  private record Failure(EmbedderAwayException why, long nanos) {}

  /**
   * What is known of the model.
   *
   * @param maxTokens longest text that is embedded whole
   * @param queryPrefix stands before every question
   * @param passagePrefix stands before every passage
   */
  public record Settings(
      EmbedderId id, int maxTokens, Optional<String> queryPrefix, Optional<String> passagePrefix) {}

  /** The way in which a server is asked. */
  public interface Protocol extends ServerWatch.Probe {
    /**
     * Sends one request.
     *
     * @param input texts as the model is to see them
     * @param question whether they are questions; passages otherwise
     * @return one vector of length 1 for each text, in their order
     * @throws ChatException if the server refuses, does not answer in time, or gives anything but
     *     as many vectors as texts
     */
    List<Embedding> embed(List<String> input, boolean question, Duration patience)
        throws InterruptedException;

    /** Why the server is away, with what helps. */
    Phrase explained(ChatException why);
  }

  /**
   * Begins to watch the server.
   *
   * @param server that the protocol asks; closed with the embedder
   * @param nanoTime by which {@link #REST} is measured
   */
  public ServerEmbedder(
      Settings settings, ModelServer server, Protocol protocol, LongSupplier nanoTime) {
    this.settings = settings;
    this.server = server;
    this.protocol = protocol;
    this.nanoTime = nanoTime;
    this.watch = ServerWatch.start(server.base(), protocol);
  }

  @Override
  public EmbedderId id() {
    return settings.id();
  }

  @Override
  public List<Embedding> embedPassages(List<String> texts) throws InterruptedException {
    Embedder.requireTexts(texts);
    List<Embedding> vectors = new ArrayList<>(texts.size());
    while (vectors.size() < texts.size()) {
      int from = vectors.size();
      List<String> some = texts.subList(from, Math.min(texts.size(), from + textsAtOnce.get()));
      long begun = System.nanoTime();
      vectors.addAll(embed(false, some, PATIENCE));
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
    return embed(true, List.of(question), PATIENCE_OF_QUESTIONS).getFirst();
  }

  private List<Embedding> embed(boolean question, List<String> texts, Duration patience)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the model was asked");
    }
    Optional<EmbedderAwayException> away = away();
    if (away.isPresent()) {
      throw away.get();
    }
    Optional<String> prefix = question ? settings.queryPrefix() : settings.passagePrefix();
    List<String> input = texts.stream().map(text -> input(prefix, text)).toList();
    try {
      List<Embedding> vectors = protocol.embed(input, question, patience);
      if (vectors.stream().anyMatch(vector -> vector.dimension() != id().dimension())) {
        throw otherDimension(vectors.getFirst().dimension());
      }
      return vectors;
    } catch (ChatException e) {
      watch.failed(e);
      if (isFaultOfTheTexts(e)) {
        throw new EmbeddingException(e.what().english(), e);
      }
      EmbedderAwayException why = away(e);
      failure = new Failure(why, nanoTime.getAsLong());
      throw why;
    }
  }

  private ChatException otherDimension(int dimension) {
    return new ChatException.Refused(
        GeneratorText.of("embedding.other-dimension", dimension, id().dimension()));
  }

  /** A server that embeds something else well has trouble with these texts alone. */
  private boolean isFaultOfTheTexts(ChatException e) throws InterruptedException {
    boolean perhaps = e instanceof ChatException.Broken || e instanceof ChatException.PromptTooLong;
    if (!perhaps) {
      return false;
    }
    try {
      return protocol.embed(List.of("."), false, PATIENCE_OF_QUESTIONS).size() == 1;
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
      return trouble.map(this::away);
    }
    return Optional.ofNullable(failure)
        .filter(last -> nanoTime.getAsLong() - last.nanos() < REST.toNanos())
        .map(Failure::why);
  }

  private EmbedderAwayException away(ChatException why) {
    return new EmbedderAwayException(protocol.explained(why), why);
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
    return settings.maxTokens();
  }

  @Override
  public void close() {
    watch.close();
    server.close();
  }
}
