package dev.zhiku.generators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.EmbeddingException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of an embedding model on a server, whatever its protocol. */
@Timeout(120)
public abstract class ServerEmbedderContract {
  private final AtomicLong nanos = new AtomicLong();

  @TempDir private Path folder;

  /** The fake server of this test, before it listens. */
  protected abstract EmbeddingScript script();

  /** Path of a request for vectors. */
  protected abstract String route();

  /**
   * A reply to such a request.
   *
   * @param rows JSON where its rows should stand: {@code [[0.6,0.8]]}
   */
  protected abstract String replyWith(String rows);

  /**
   * Opens the embedder at this server, with {@code query:} before questions and time from {@link
   * #nanos}.
   */
  protected abstract ServerEmbedder open(URI server, String passagePrefix, Path memory)
      throws InterruptedException;

  /** The time, which stands still. */
  protected final AtomicLong nanos() {
    return nanos;
  }

  protected final Path memory() {
    return memory("embedder.properties");
  }

  protected final Path memory(String name) {
    return folder.resolve(name);
  }

  protected static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void a_server_that_was_never_asked_must_be_there_and_one_that_was_need_not() throws Exception {
    URI nobody;
    EmbedderId id;
    try (FakeModelServer server = FakeModelServer.start(script())) {
      nobody = server.uri();
      try (ServerEmbedder embedder = open(nobody, "", memory())) {
        id = embedder.id();
      }
    }
    assertThatThrownBy(() -> open(nobody, "", memory("nothing")))
        .isInstanceOf(EmbedderAwayException.class)
        .hasMessageContaining(nobody.toString());
    try (ServerEmbedder embedder = open(nobody, "", memory())) {
      assertThat(embedder.id()).isEqualTo(id);
      assertThatThrownBy(() -> embedder.embedQuery("a")).isInstanceOf(EmbedderAwayException.class);
      assertThat(embedder.away()).isPresent();
      try (FakeModelServer back = FakeModelServer.listen(nobody.getPort(), script())) {
        nanos.addAndGet(ServerEmbedder.REST.toNanos());
        await(() -> embedder.away().isEmpty());
        assertThat(embedder.embedQuery("a").dimension()).isEqualTo(256);
        assertThat(back.requests(route())).isNotEmpty();
      }
    }
  }

  @Test
  void a_text_that_the_model_cannot_bear_fails_alone() throws Exception {
    script().trigger = "poison";
    script().instead =
        (request, exchange) ->
            exchange.reply(
                500,
                "application/json",
                "{\"error\":\"failed to encode response: json: unsupported value: NaN\"}");
    try (FakeModelServer server = FakeModelServer.start(script());
        ServerEmbedder embedder = open(server.uri(), "", memory())) {
      assertThatThrownBy(() -> embedder.embedPassages(List.of("poison")))
          .isInstanceOf(EmbeddingException.class)
          .isNotInstanceOf(EmbedderAwayException.class)
          .hasMessageContaining("NaN");
      assertThat(embedder.away()).isEmpty();
      assertThat(embedder.embedPassages(List.of("honey"))).hasSize(1);
    }
  }

  static List<String> notRows() {
    return List.of("[]", "[[0,0,0]]", "[[1,null,0]]", "[[0.6,0.8]]", "\"none\"", "{}");
  }

  @ParameterizedTest
  @MethodSource("notRows")
  void a_server_that_gives_anything_but_vectors_is_away(String rows) throws Exception {
    try (FakeModelServer server = FakeModelServer.start(script());
        ServerEmbedder embedder = open(server.uri(), "", memory())) {
      script().instead = (request, exchange) -> exchange.json(replyWith(rows));
      script().trigger = ".";
      assertThatThrownBy(() -> embedder.embedPassages(List.of("a.")))
          .isInstanceOf(EmbedderAwayException.class);
      assertThat(embedder.away()).as("nobody asks again at once").isPresent();
      script().trigger = "";
      nanos.addAndGet(ServerEmbedder.REST.toNanos());
      await(() -> embedder.away().isEmpty());
      assertThat(embedder.embedPassages(List.of("a."))).hasSize(1);
    }
  }

  @Test
  void a_server_that_does_not_answer_in_json_is_away() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(script());
        ServerEmbedder embedder = open(server.uri(), "", memory())) {
      script().instead = (request, exchange) -> exchange.json("no JSON");
      script().trigger = ".";
      assertThatThrownBy(() -> embedder.embedPassages(List.of("a.")))
          .isInstanceOf(EmbedderAwayException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 404, 429, 503})
  void a_server_that_refuses_is_away_and_nothing_is_wrong_with_the_text(int status)
      throws Exception {
    try (FakeModelServer server = FakeModelServer.start(script());
        ServerEmbedder embedder = open(server.uri(), "", memory())) {
      script().instead =
          (request, exchange) ->
              exchange.reply(
                  status, "application/json", "{\"error\":\"no\"}", "Location: http://192.0.2.1/");
      script().trigger = "a";
      assertThatThrownBy(() -> embedder.embedPassages(List.of("a")))
          .isInstanceOf(EmbedderAwayException.class);
    }
  }

  @Test
  void requests_grow_while_they_are_quick_and_never_beyond_sixteen_texts() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(script());
        ServerEmbedder embedder = open(server.uri(), "", memory())) {
      embedder.embedPassages(Collections.nCopies(Embedder.MAX_TEXTS, "quick"));
      embedder.embedPassages(Collections.nCopies(Embedder.MAX_TEXTS, "quick"));
      List<Integer> sizes =
          script().inputs().stream().filter(i -> i.contains("quick")).map(List::size).toList();
      assertThat(sizes).startsWith(1).allMatch(size -> size <= 16);
      assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(128);

      script().trigger = "slow";
      script().instead =
          (request, exchange) -> {
            exchange.pause(1_200);
            script().trigger = "";
            script().play(request, exchange);
          };
      embedder.embedPassages(Collections.nCopies(Embedder.MAX_TEXTS, "slow"));
      List<Integer> after =
          script().inputs().stream().filter(i -> i.contains("slow")).map(List::size).toList();
      assertThat(after.get(2)).as("after %s", after).isLessThan(Math.max(2, after.get(0)));
    }
  }
}
