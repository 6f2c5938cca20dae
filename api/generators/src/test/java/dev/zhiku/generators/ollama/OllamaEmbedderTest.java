package dev.zhiku.generators.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.server.EmbeddingScript;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.generators.server.FakedEmbedderContract;
import dev.zhiku.generators.server.ServerEmbedder;
import dev.zhiku.generators.server.ServerEmbedderContract;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.EmbedderId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OllamaEmbedderTest extends ServerEmbedderContract {
  private final FakeEmbeddings ollama = new FakeEmbeddings();

  @Override
  protected EmbeddingScript script() {
    return ollama;
  }

  @Override
  protected String route() {
    return "/api/embed";
  }

  @Override
  protected String replyWith(String rows) {
    return "{\"embeddings\":" + rows + "}";
  }

  @Override
  protected ServerEmbedder open(URI server, String passagePrefix, Path memory)
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
        nanos()::get);
  }

  /** As every embedder. */
  @Nested
  class Contract extends FakedEmbedderContract {
    Contract() {
      super(new FakeEmbeddings());
    }

    @Override
    protected Embedder open(URI server, Path memory) throws Exception {
      return OllamaEmbedder.open(
          new EmbeddingConfig.Ollama(
              server,
              FakeEmbeddings.MODEL,
              Duration.ofMinutes(30),
              Optional.empty(),
              Optional.empty()),
          OutboundClients::toModelServer,
          memory);
    }
  }

  @Test
  void its_id_names_the_model_its_digest_and_the_words_before_passages() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(ollama);
        ServerEmbedder plain = open(server.uri(), "", memory());
        ServerEmbedder prefixed = open(server.uri(), "passage:", memory("other"))) {
      assertThat(plain.id()).isEqualTo(new EmbedderId("bge-m3", "790764642607-1", 256));
      assertThat(prefixed.id().revision()).startsWith("790764642607-1-").hasSize(27);

      plain.embedQuery("Where?");
      prefixed.embedPassages(List.of("There."));
      assertThat(ollama.inputs()).contains(List.of("query: Where?"), List.of("passage: There."));
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
  void another_model_under_the_same_name_is_not_mixed_with_the_one_before() throws Exception {
    EmbedderId before;
    try (FakeModelServer server = FakeModelServer.start(ollama)) {
      try (ServerEmbedder embedder = open(server.uri(), "", memory())) {
        before = embedder.id();
      }
      String known = ollama.digest;
      ollama.digest = "f".repeat(64);
      try (ServerEmbedder embedder = open(server.uri(), "", memory())) {
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
}
