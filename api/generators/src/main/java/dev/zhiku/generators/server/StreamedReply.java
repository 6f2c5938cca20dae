package dev.zhiku.generators.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.egress.BoundedBody;
import dev.zhiku.generators.egress.Transport;
import dev.zhiku.index.message.Phrase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's way to a model server for one generation. It stays on the calling thread, so that
 * whoever waits can be interrupted; it looks at each event before LangChain4j does, which leaves
 * out what it cannot read; and it keeps the first thing that went wrong, which LangChain4j only
 * logs. Used by one thread, once.
 */
public final class StreamedReply {
  /** Tries of a request that the server is too busy for. */
  private static final int TRIES = 3;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final ModelServer server;
  private final Patience patience;
  private @Nullable Throwable failure;
  private @Nullable ChatResponse response;
  private boolean stopped;

  StreamedReply(ModelServer server, Patience patience) {
    this.server = server;
    this.patience = patience;
  }

  /** What to do with what comes. */
  public interface Handler {
    /** A part of the answer. */
    void content(String part);

    /** A part that the server marks as reasoning. */
    void reasoning(String part);

    /**
     * Any event, before its parts are handed over: for what LangChain4j does not know.
     *
     * @param event of the protocol
     * @return whether a part of answer or reasoning was taken from it
     */
    default boolean event(JsonNode event) {
      return false;
    }

    /**
     * Adds what LangChain4j does not know to a request, before it is sent.
     *
     * @param request as LangChain4j wrote it
     */
    default void complete(ObjectNode request) {}

    /** What it means that a stream ends as it should, but without its last event. */
    default Phrase endedEarly() {
      return GeneratorText.of("server.broke-off");
    }

    /** Whether enough has come; the connection is closed then. */
    boolean isFull();
  }

  /** How it ended. */
  public sealed interface End {
    /** The server said that it is done. */
    record Complete(ChatResponse response) implements End {}

    /** The handler had enough. */
    record Stopped() implements End {}
  }

  /**
   * Runs the generation.
   *
   * @param model made with this transport
   * @return how it ended
   * @throws ChatException if the server cannot be reached, refuses, fails, or takes too long
   */
  public End run(
      Function<HttpClientBuilder, StreamingChatModel> model, ChatRequest request, Handler handler)
      throws InterruptedException {
    model.apply(new OneTransport(new Exchange(handler))).chat(request, new Pieces(handler));
    Throwable wrong = failure;
    switch (wrong) {
      case null -> {}
      case InterruptedException interrupt -> throw interrupt;
      case RuntimeException known -> throw known;
      default -> throw broken(Phrase.verbatim(String.valueOf(wrong.getMessage())), wrong);
    }
    if (stopped) {
      return new End.Stopped();
    }
    ChatResponse whole = response;
    if (whole == null || whole.finishReason() == null) {
      throw new ChatException.Broken(handler.endedEarly(), null);
    }
    return new End.Complete(whole);
  }

  /** Whether a piece has come. */
  public boolean isStarted() {
    return patience.isStarted();
  }

  private void fail(Throwable why) {
    if (failure == null) {
      failure = why;
    }
  }

  private boolean isOver() {
    return failure != null || stopped;
  }

  private final class Exchange implements HttpClient {
    private final Handler handler;

    Exchange(Handler handler) {
      this.handler = handler;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
      throw new UnsupportedOperationException("only streams go this way");
    }

    @Override
    public void execute(
        HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
      try {
        send(request, parser, listener);
      } catch (InterruptedException | RuntimeException e) {
        fail(e);
      } catch (InterruptedIOException e) {
        fail(ModelServer.interrupted(e));
      } catch (IOException e) {
        fail(translated(e));
      }
    }

    private void send(
        HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener)
        throws IOException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try (Transport.Reply<StreamedBody> opened = server.open(toJdk(request), patience)) {
          if (opened.status() / 100 == 2) {
            parser.parse(opened.body(), new Watched(listener, handler));
            if (!isOver()) {
              listener.onClose();
            }
            return;
          }
          ChatException refusal = Refusal.of(opened.status(), ModelServer.text(opened));
          Duration pause = pause(opened, attempt);
          if (!(refusal instanceof ChatException.Overloaded)
              || attempt == TRIES
              || pause.compareTo(LONGEST_PAUSE) > 0
              || pause.toNanos() >= patience.left()) {
            throw refusal;
          }
          TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
      }
    }

    private Duration pause(Transport.Reply<StreamedBody> opened, int attempt) {
      Optional<String> asked = opened.headers().firstValue("Retry-After");
      return asked
          .filter(seconds -> seconds.matches("[0-9]{1,5}"))
          .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
          .orElse(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
    }

    private java.net.http.HttpRequest toJdk(HttpRequest request) throws IOException {
      ObjectNode body = (ObjectNode) ModelServer.JSON.readTree(request.body());
      handler.complete(body);
      java.net.http.HttpRequest.Builder builder =
          java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
              .method(request.method().name(), BodyPublishers.ofString(body.toString()));
      request
          .headers()
          .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
      return builder.build();
    }
  }

  private RuntimeException translated(IOException failed) {
    return switch (failed) {
      case BoundedBody.Silence silence -> patience.exceeded();
      case StreamedBody.LineTooLong line -> broken(GeneratorText.of("server.line-too-long"), line);
      default ->
          patience.isStarted()
              ? broken(GeneratorText.of("server.connection-broke", failed.getMessage()), failed)
              : new ChatException.Unreachable(server.base(), failed);
    };
  }

  private static ChatException broken(Phrase what, @Nullable Throwable cause) {
    return new ChatException.Broken(what, cause);
  }

  /** Sees each event before LangChain4j, and what went wrong while it was read. */
  private final class Watched implements ServerSentEventListener {
    private final ServerSentEventListener listener;
    private final Handler handler;

    Watched(ServerSentEventListener listener, Handler handler) {
      this.listener = listener;
      this.handler = handler;
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
      String data = event.data().strip();
      if (data.isEmpty()) {
        return;
      }
      if (!isOver() && !data.equals("[DONE]")) {
        look(data);
      }
      if (!isOver()) {
        listener.onEvent(event, context);
      }
      if (!isOver() && handler.isFull()) {
        stopped = true;
      }
      if (isOver()) {
        context.parsingHandle().cancel();
      }
    }

    private void look(String data) {
      try {
        JsonNode event = ModelServer.JSON.readTree(data);
        if (!event.isObject()) {
          fail(broken(GeneratorText.of("server.no-object"), null));
        } else if (event.hasNonNull("error")) {
          fail(Refusal.inStream(event));
        } else if (handler.event(event)) {
          patience.piece();
        }
      } catch (JsonProcessingException e) {
        fail(broken(GeneratorText.of("server.broken-json"), e));
      } catch (RuntimeException e) {
        fail(e);
      }
    }

    @Override
    public void onError(Throwable failed) {
      switch (failed) {
        case InterruptedIOException interrupt -> fail(ModelServer.interrupted(interrupt));
        case IOException io when !isOver() -> fail(translated(io));
        default -> fail(failed);
      }
    }
  }

  /** Keeps what the sink throws: LangChain4j would only log it. */
  private final class Pieces implements StreamingChatResponseHandler {
    private final Handler handler;

    Pieces(Handler handler) {
      this.handler = handler;
    }

    @Override
    public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
      hand(handler::content, part.text());
    }

    @Override
    public void onPartialThinking(PartialThinking part, PartialThinkingContext context) {
      hand(handler::reasoning, part.text());
    }

    @Override
    public void onPartialToolCall(PartialToolCall part, PartialToolCallContext context) {
      patience.piece();
    }

    private void hand(Consumer<String> taker, String part) {
      patience.piece();
      try {
        taker.accept(part);
      } catch (RuntimeException e) {
        fail(e);
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
      response = complete;
    }

    @Override
    public void onError(Throwable failed) {
      fail(failed);
    }
  }
}
