package dev.zhiku.generators.openai;

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
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.embedding.Language;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OpenAiEmbedderTest extends ServerEmbedderContract {
  private static final int MAX_TOKENS = new HashingEmbedder(256).maxTokens();

  private final FakeOpenAiEmbeddings script = new FakeOpenAiEmbeddings();

  private static EmbeddingConfig.OpenAi config(
      String server, Optional<String> type, String queryPrefix, String passagePrefix, int length) {
    return new EmbeddingConfig.OpenAi(
        URI.create(server),
        Optional.of(FakeOpenAiEmbeddings.MODEL),
        Optional.empty(),
        type.map(word -> "query"),
        type,
        Optional.of(queryPrefix).filter(prefix -> !prefix.isEmpty()),
        Optional.of(passagePrefix).filter(prefix -> !prefix.isEmpty()),
        length,
        MAX_TOKENS,
        List.of(Language.values()));
  }

  private ServerEmbedder open(EmbeddingConfig.OpenAi config) throws InterruptedException {
    return OpenAiEmbedder.open(
        config, Optional.of("the-key"), OutboundClients.toModelServer(), memory(), nanos()::get);
  }

  @Override
  protected EmbeddingScript script() {
    return script;
  }

  @Override
  protected String route() {
    return "/v1/embeddings";
  }

  @Override
  protected String replyWith(String rows) {
    String data = rows.replace("[[", "[{\"index\":0,\"embedding\":[").replace("]]", "]}]");
    return "{\"data\":" + data + "}";
  }

  @Override
  protected ServerEmbedder open(URI server, String passagePrefix, Path memory)
      throws InterruptedException {
    return OpenAiEmbedder.open(
        config(server.toString(), Optional.empty(), "query:", passagePrefix, 0),
        Optional.empty(),
        OutboundClients.toModelServer(),
        memory,
        nanos()::get);
  }

  /** As every embedder. */
  @Nested
  class Contract extends FakedEmbedderContract {
    Contract() {
      super(new FakeOpenAiEmbeddings());
    }

    @Override
    protected Embedder open(URI server, Path memory) throws Exception {
      return OpenAiEmbedder.open(
          config(server.toString(), Optional.empty(), "", "", 0),
          Optional.empty(),
          OutboundClients.toModelServer(),
          memory);
    }
  }

  @Test
  void its_id_names_the_model_and_changes_with_what_changes_passages() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(script);
        ServerEmbedder plain = open(server.uri(), "", memory());
        ServerEmbedder again = open(server.uri(), "", memory("another"));
        ServerEmbedder prefixed = open(server.uri(), "passage:", memory())) {
      assertThat(plain.id().model()).isEqualTo(FakeOpenAiEmbeddings.MODEL);
      assertThat(plain.id().dimension()).isEqualTo(256);
      assertThat(again.id()).isEqualTo(plain.id());
      assertThat(prefixed.id()).isNotEqualTo(plain.id());

      plain.embedQuery("Where?");
      prefixed.embedPassages(List.of("There."));
      assertThat(script.inputs()).contains(List.of("query: Where?"), List.of("passage: There."));
    }
  }

  @Test
  void the_kind_of_text_and_the_key_are_told_where_they_are_configured() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(script);
        ServerEmbedder embedder =
            open(config(server.uri() + "/v1/", Optional.of("passage"), "", "", 256))) {
      embedder.embedQuery("Where?");
      embedder.embedPassages(List.of("There."));
      List<FakeModelServer.Request> requests = server.requests("/v1/embeddings");
      assertThat(requests).allMatch(request -> request.authorization().equals("Bearer the-key"));
      assertThat(requests.get(requests.size() - 2).body())
          .contains("\"input_type\":\"query\"", "\"encoding_format\":\"float\"");
      assertThat(requests.getLast().body()).contains("\"input_type\":\"passage\"");
    }
  }

  @Test
  void another_dimension_than_the_configured_one_is_told_with_both() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(script)) {
      assertThatThrownBy(() -> open(config(server.uri().toString(), Optional.empty(), "", "", 384)))
          .isInstanceOf(EmbedderAwayException.class)
          .hasMessageContainingAll("256", "384", "dimension");
    }
  }

  @Test
  void a_model_that_the_server_does_not_have_is_told_with_those_it_has() throws Exception {
    try (FakeModelServer server =
        FakeModelServer.start(
            (request, exchange) -> exchange.json("{\"data\":[{\"id\":\"other\"}]}"))) {
      assertThatThrownBy(() -> open(server.uri(), "", memory()))
          .isInstanceOf(EmbedderAwayException.class)
          .hasMessageContainingAll(FakeOpenAiEmbeddings.MODEL, "other");
    }
  }

  @Test
  void a_text_that_the_server_finds_too_long_is_sent_shorter_and_its_neighbours_whole()
      throws Exception {
    script.mostCharacters = 600;
    String words = "oil and more of it ".repeat(100);
    try (FakeModelServer server = FakeModelServer.start(script);
        ServerEmbedder embedder = open(server.uri(), "", memory())) {
      embedder.embedPassages(List.of("a", "b", "c", "d"));
      assertThat(embedder.embedPassages(List.of("short", words, "brief"))).hasSize(3);
      assertThat(script.inputs()).contains(List.of(words.substring(0, words.length() / 4)));
      assertThat(embedder.away()).isEmpty();
    }
  }

  @Test
  void another_model_under_the_same_name_is_not_mixed_with_the_one_before() throws Exception {
    EmbedderId before;
    try (FakeModelServer server = FakeModelServer.start(script)) {
      try (ServerEmbedder embedder = open(server.uri(), "", memory())) {
        before = embedder.id();
      }
      script.turned = true;
      try (ServerEmbedder embedder = open(server.uri(), "", memory())) {
        assertThat(embedder.id()).isNotEqualTo(before);
        script.turned = false;
        script.trigger = "hiccup";
        assertThatThrownBy(() -> embedder.embedQuery("hiccup"))
            .isInstanceOf(EmbedderAwayException.class);
        await(
            () ->
                embedder
                    .away()
                    .filter(why -> why.what().english().contains("Restart"))
                    .isPresent());
      }
    }
  }
}
