package dev.zhiku.generators.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatBackend.Health;
import dev.zhiku.answering.chat.ChatBackendContract;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Sampling;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A backend under test before a server that does as the test says. */
@Timeout(300)
public abstract class ModelServerFixture extends ChatBackendContract {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final Timeouts TIMEOUTS = new Timeouts(PATIENCE, PATIENCE);
  final List<AutoCloseable> opened = new ArrayList<>();

  /** The protocol of one kind of server. */
  protected interface Wire {
    String streamType();

    /** An event with a part of the answer. */
    String content(String part);

    /** An event with a part of the reasoning. */
    String reasoning(String part);

    /** The last events, with what was counted. */
    String done(String finish, int promptTokens, int completionTokens);

    /** An event that tells of an error in the middle. */
    String error(String message);

    /** The body of the refusal (400) of a prompt that is longer than the context. */
    String tooLong();

    /** An event with this data, whatever it is. */
    String raw(String data);

    /** What keeps a connection alive and says nothing. */
    String comment();

    /** Whether this is the request for an answer; everything else is answered by the wire. */
    boolean isChat(FakeModelServer.Request request);

    /** Answers what is asked around answers: which models there are, that one be loaded. */
    void around(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
        throws IOException;
  }

  protected abstract Wire wire();

  protected abstract ChatBackend open(URI server, Timeouts timeouts);

  @Override
  protected ChatBackend create() {
    try {
      return backend(answering(wire().content("15 天 [1]。"), wire().done("stop", 40, 8)), TIMEOUTS);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void close_what_was_opened() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  static void assertComesDown(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /** The prompt of this contract, with a wish for other words. */
  protected static Prompt answerable(Sampling sampling) {
    Prompt plain = answerable();
    return new Prompt(
        plain.system(),
        plain.history(),
        plain.question(),
        plain.passages(),
        false,
        plain.limits(),
        sampling);
  }

  /**
   * The body that is sent where penalties of 0.5 for frequency and -0.5 for presence are wished.
   */
  protected JsonNode sentWithPenalties() throws Exception {
    FakeModelServer server = answering(wire().content("x"), wire().done("stop", 1, 1));
    Sampling sampling =
        new Sampling(
            Optional.empty(),
            Optional.empty(),
            Optional.of(0.5),
            Optional.of(-0.5),
            Optional.empty(),
            List.of());
    backend(server, TIMEOUTS).generate(answerable(sampling), piece -> {});
    return new ObjectMapper().readTree(chats(server).getLast().body());
  }

  /** The requests for answers. */
  protected List<FakeModelServer.Request> chats(FakeModelServer server) {
    return server.requests("").stream().filter(wire()::isChat).toList();
  }

  /** How a server answers a chat. */
  protected interface Chat {
    void play(FakeModelServer.Exchange exchange) throws IOException, InterruptedException;
  }

  protected FakeModelServer chatting(Chat chat) throws IOException {
    FakeModelServer server = FakeModelServer.start(script(chat));
    opened.add(server);
    return server;
  }

  FakeModelServer.Script script(Chat chat) {
    return (request, exchange) -> {
      if (wire().isChat(request)) {
        chat.play(exchange);
      } else {
        wire().around(request, exchange);
      }
    };
  }

  Chat says(String... events) {
    return exchange -> {
      exchange.stream(wire().streamType());
      for (String event : events) {
        exchange.chunk(event);
      }
      exchange.end();
    };
  }

  protected FakeModelServer answering(String... events) throws IOException {
    return chatting(says(events));
  }

  FakeModelServer answeringForEver(String event) throws IOException {
    return chatting(
        exchange -> {
          exchange.stream(wire().streamType());
          while (true) {
            exchange.chunk(event);
            exchange.pause(1);
          }
        });
  }

  /** A backend that has found its server. */
  protected ChatBackend backend(FakeModelServer server, Timeouts timeouts) {
    ChatBackend backend = keep(open(server.uri(), timeouts));
    try {
      awaitReady(backend);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return backend;
  }

  <T extends AutoCloseable> T keep(T one) {
    opened.add(one);
    return one;
  }

  protected static void awaitReady(ChatBackend backend) throws InterruptedException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!(backend.health() instanceof Health.Ready)) {
      assertThat(System.nanoTime()).as("%s", backend.health()).isLessThan(limit);
      Thread.sleep(10);
    }
  }
}
