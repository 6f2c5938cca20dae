package dev.zhiku.generators.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.testing.EmbedderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class OllamaEmbedderTest {
  private final AtomicLong nanos = new AtomicLong();

  private OllamaEmbedder open(URI server, String passagePrefix, Path memory)
      throws InterruptedException {
    return OllamaEmbedder.open(
        new EmbeddingConfig.Ollama(
            server,
            FakeEmbeddings.MODEL,
            Duration.ofMinutes(30),
            Optional.of("query:"),
            Optional.of(passagePrefix).filter(prefix -> !prefix.isEmpty())),
        OutboundClients::toModelServer,
        memory,
        nanos::get);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** As every embedder. */
  @Nested
  class Contract extends EmbedderContract {
    @TempDir private static Path folder;
    private final FakeModelServer server = started();

    private static FakeModelServer started() {
      try {
        return FakeModelServer.start(new FakeEmbeddings());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected Embedder open() throws Exception {
      return OllamaEmbedder.open(
          new EmbeddingConfig.Ollama(
              server.uri(),
              FakeEmbeddings.MODEL,
              Duration.ofMinutes(30),
              Optional.empty(),
              Optional.empty()),
          OutboundClients::toModelServer,
          folder.resolve("embedder.properties"));
    }

    @AfterAll
    void stop() {
      server.close();
    }
  }

  @TempDir private Path folder;

  private final FakeEmbeddings ollama = new FakeEmbeddings();

  private Path memory() {
    return folder.resolve("embedder.properties");
  }

  @Test
  void its_id_names_the_model_its_digest_and_the_words_before_passages() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(ollama);
        OllamaEmbedder plain = open(server.uri(), "", memory());
        OllamaEmbedder prefixed = open(server.uri(), "passage:", folder.resolve("other"))) {
      assertThat(plain.id()).isEqualTo(new EmbedderId("bge-m3", "790764642607-1", 256));
      assertThat(prefixed.id().revision()).startsWith("790764642607-1-").hasSize(27);

      plain.embedQuery("Where?");
      prefixed.embedPassages(List.of("There."));
      assertThat(ollama.inputs()).contains(List.of("query: Where?"), List.of("passage: There."));
    }
  }

  @Test
  void a_server_that_was_never_asked_must_be_there_and_one_that_was_need_not() throws Exception {
    URI nobody;
    EmbedderId id;
    try (FakeModelServer server = FakeModelServer.start(ollama)) {
      nobody = server.uri();
      try (OllamaEmbedder embedder = open(nobody, "", memory())) {
        id = embedder.id();
      }
    }
    assertThatThrownBy(() -> open(nobody, "", folder.resolve("nothing")))
        .isInstanceOf(EmbedderAwayException.class)
        .hasMessageContaining(nobody.toString());
    try (OllamaEmbedder embedder = open(nobody, "", memory())) {
      assertThat(embedder.id()).isEqualTo(id);
      assertThatThrownBy(() -> embedder.embedQuery("a")).isInstanceOf(EmbedderAwayException.class);
      assertThat(embedder.away()).isPresent();
      try (FakeModelServer back = FakeModelServer.listen(nobody.getPort(), ollama)) {
        nanos.addAndGet(OllamaEmbedder.REST.toNanos());
        await(() -> embedder.away().isEmpty());
        assertThat(embedder.embedQuery("a").dimension()).isEqualTo(256);
        assertThat(back.requests("/api/embed")).isNotEmpty();
      }
    }
  }

  @Test
  void a_model_that_the_server_does_not_have_is_named_with_how_to_get_it() throws Exception {
    try (FakeModelServer server =
        FakeModelServer.start((request, exchange) -> exchange.json("{\"models\":[]}"))) {
      assertThatThrownBy(() -> open(server.uri(), "", memory()))
          .isInstanceOf(EmbedderAwayException.class)
          .hasMessageContaining("ollama pull bge-m3");
    }
  }

  @Test
  void a_text_that_the_model_cannot_bear_fails_alone() throws Exception {
    ollama.trigger = "poison";
    ollama.instead =
        (request, exchange) ->
            exchange.reply(
                500,
                "application/json",
                "{\"error\":\"failed to encode response: json: unsupported value: NaN\"}");
    try (FakeModelServer server = FakeModelServer.start(ollama);
        OllamaEmbedder embedder = open(server.uri(), "", memory())) {
      assertThatThrownBy(() -> embedder.embedPassages(List.of("poison")))
          .isInstanceOf(EmbeddingException.class)
          .isNotInstanceOf(EmbedderAwayException.class)
          .hasMessageContaining("NaN");
      assertThat(embedder.away()).isEmpty();
      assertThat(embedder.embedPassages(List.of("honey"))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"embeddings\":[]}",
        "{\"embeddings\":[[0,0,0]]}",
        "{\"embeddings\":[[1,null,0]]}",
        "{\"embeddings\":[[0.6,0.8]]}",
        "{\"embeddings\":\"none\"}",
        "{}",
        "no JSON"
      })
  void a_server_that_gives_anything_but_vectors_is_away(String reply) throws Exception {
    try (FakeModelServer server = FakeModelServer.start(ollama);
        OllamaEmbedder embedder = open(server.uri(), "", memory())) {
      ollama.instead = (request, exchange) -> exchange.json(reply);
      ollama.trigger = ".";
      assertThatThrownBy(() -> embedder.embedPassages(List.of("a.")))
          .isInstanceOf(EmbedderAwayException.class);
      assertThat(embedder.away()).as("nobody asks again at once").isPresent();
      ollama.trigger = "";
      nanos.addAndGet(OllamaEmbedder.REST.toNanos());
      await(() -> embedder.away().isEmpty());
      assertThat(embedder.embedPassages(List.of("a."))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 404, 429, 503})
  void a_server_that_refuses_is_away_and_nothing_is_wrong_with_the_text(int status)
      throws Exception {
    try (FakeModelServer server = FakeModelServer.start(ollama);
        OllamaEmbedder embedder = open(server.uri(), "", memory())) {
      ollama.instead =
          (request, exchange) ->
              exchange.reply(
                  status, "application/json", "{\"error\":\"no\"}", "Location: http://192.0.2.1/");
      ollama.trigger = "a";
      assertThatThrownBy(() -> embedder.embedPassages(List.of("a")))
          .isInstanceOf(EmbedderAwayException.class);
    }
  }

  @Test
  void another_model_under_the_same_name_is_not_mixed_with_the_one_before() throws Exception {
    EmbedderId before;
    try (FakeModelServer server = FakeModelServer.start(ollama)) {
      try (OllamaEmbedder embedder = open(server.uri(), "", memory())) {
        before = embedder.id();
      }
      String known = ollama.digest;
      ollama.digest = "f".repeat(64);
      try (OllamaEmbedder embedder = open(server.uri(), "", memory())) {
        assertThat(embedder.id()).isNotEqualTo(before);
        ollama.digest = known;
        ollama.trigger = "a";
        assertThatThrownBy(() -> embedder.embedQuery("a"))
            .isInstanceOf(EmbedderAwayException.class);
        await(
            () ->
                embedder
                    .away()
                    .filter(why -> why.what().english().contains("Restart"))
                    .isPresent());
        assertThat(embedder.away().orElseThrow().what().chinese()).contains("重新启动");
      }
    }
  }

  @Test
  void requests_grow_while_they_are_quick_and_never_beyond_sixteen_texts() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(ollama);
        OllamaEmbedder embedder = open(server.uri(), "", memory())) {
      embedder.embedPassages(Collections.nCopies(Embedder.MAX_TEXTS, "quick"));
      embedder.embedPassages(Collections.nCopies(Embedder.MAX_TEXTS, "quick"));
      List<Integer> sizes =
          ollama.inputs().stream().filter(i -> i.contains("quick")).map(List::size).toList();
      assertThat(sizes).startsWith(1).allMatch(size -> size <= 16);
      assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(128);

      ollama.trigger = "slow";
      ollama.instead =
          (request, exchange) -> {
            exchange.pause(1_200);
            ollama.trigger = "";
            ollama.play(request, exchange);
          };
      embedder.embedPassages(Collections.nCopies(Embedder.MAX_TEXTS, "slow"));
      List<Integer> after =
          ollama.inputs().stream().filter(i -> i.contains("slow")).map(List::size).toList();
      assertThat(after.get(2)).as("after %s", after).isLessThan(Math.max(2, after.get(0)));
    }
  }
}
