package dev.zhiku.generators.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.egress.OutboundClients;
import dev.zhiku.generators.library.InstalledModel;
import dev.zhiku.generators.library.PullProgress;
import dev.zhiku.generators.llamacpp.TinyModelFile;
import dev.zhiku.generators.server.RealServer;
import dev.zhiku.generators.server.RealServerContract;
import dev.zhiku.generators.server.ServerEmbedder;
import dev.zhiku.generators.server.Timeouts;
import dev.zhiku.generators.testing.SelfSigned;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedding;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With Ollama itself: {@code ZHIKU_TEST_OLLAMA=/path/to/ollama}. */
class RealOllamaIT extends RealServerContract {
  private static final Duration KEPT = Duration.ofMinutes(30);
  private @Nullable FakeRegistry registry;

  @Override
  protected Path program(Path folder) {
    return RealServer.program(RealOllama.VARIABLE);
  }

  @Override
  protected RealServer serve(Path program, Path home, Path model) throws Exception {
    Path certificate = home.resolve("registry.crt");
    Path key = home.resolve("registry.key");
    SelfSigned.write(certificate, key);
    RealServer server = RealOllama.start(program, home, certificate);
    RealOllama.create(server.uri(), "tiny", model);
    Path other = home.resolve("pulled.gguf");
    TinyModelFile.write(other, 7);
    registry =
        FakeRegistry.serving(certificate, key, Files.readAllBytes(other), RealOllama.TEMPLATE);
    return server;
  }

  @Override
  protected ChatBackend open(URI server, String model, Timeouts timeouts) {
    return OllamaBackend.open(
        config(server, model, KEPT), PromptForm.AUTO, timeouts, OutboundClients.toModelServer());
  }

  private static GeneratorConfig.Ollama config(URI server, String model, Duration keepAlive) {
    return new GeneratorConfig.Ollama(server, model, CONTEXT_TOKENS, keepAlive, 2, List.of());
  }

  @AfterAll
  void closeRegistry() {
    if (registry != null) {
      registry.close();
    }
  }

  private FakeRegistry registry() {
    return Objects.requireNonNull(registry);
  }

  private OllamaLibrary library() {
    return new OllamaLibrary(() -> server().uri(), OutboundClients::toModelServer);
  }

  @Test
  void passages_and_questions_get_vectors_whatever_their_length_and_kind(@TempDir Path folder)
      throws Exception {
    EmbeddingConfig.Ollama chosen =
        new EmbeddingConfig.Ollama(
            server().uri(), "tiny", KEPT, Optional.empty(), Optional.empty());
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < Embedder.MAX_TEXTS - 4; i++) {
      texts.add("Passage number " + i + " of many.");
    }
    texts.addAll(List.of("", "水泵每月加油。", "\uD83D \u0000 😀", "long ".repeat(100_000)));
    try (ServerEmbedder embedder =
        OllamaEmbedder.open(
            chosen, OutboundClients::toModelServer, folder.resolve("embedder.properties"))) {
      List<Embedding> vectors = embedder.embedPassages(texts);
      assertThat(vectors)
          .hasSameSizeAs(texts)
          .allMatch(vector -> vector.dimension() == embedder.id().dimension());
      Embedding again = embedder.embedQuery(texts.getFirst());
      assertThat(again.cosine(vectors.getFirst())).isGreaterThan(0.999);
      assertThat(OllamaEmbedder.trouble(chosen, OutboundClients::toModelServer)).isEmpty();
    }
  }

  @Test
  void a_model_that_repeats_itself_is_stopped_by_ollama_and_that_is_explained() {
    assertThatThrownBy(() -> backend().generate(prompt("Say it #", 1_000), piece -> {}))
        .isInstanceOf(ChatException.Broken.class)
        .hasMessageContaining("more than 30 times");
  }

  @Test
  void a_runner_that_dies_in_mid_answer_is_told_by_ollama_and_the_next_one_starts_anew()
      throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Throwable> failure =
          callers.submit(
              () ->
                  catchThrowableOfType(
                      ChatException.Broken.class,
                      () ->
                          backend()
                              .generate(prompt("How many?", 3_500), piece -> writing.countDown())));
      assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();
      server().killChildren();

      Throwable told = failure.get(5, TimeUnit.SECONDS);
      System.out.println("a runner that dies: " + told.getMessage());
      assertThat(told).hasMessageContaining("error was encountered while running the model");
    }
    assertThat(answer()).isEqualTo(TinyModelFile.SHORT);
  }

  @Test
  void the_models_are_listed_found_and_deleted(@TempDir Path folder) throws Exception {
    Path gguf = folder.resolve("other.gguf");
    TinyModelFile.write(gguf);
    RealOllama.create(server().uri(), "other:0.1", gguf);

    List<InstalledModel> models = library().list();

    System.out.println("models: " + models);
    assertThat(models)
        .extracting(InstalledModel::name)
        .containsExactlyInAnyOrder("tiny:latest", "other:0.1");
    InstalledModel tiny = library().find("TINY").orElseThrow();
    assertThat(tiny.bytes()).isGreaterThanOrEqualTo(Files.size(gguf));
    assertThat(tiny.contextTokens()).hasValue(32_768);
    assertThat(tiny.capabilities()).containsExactly("completion");
    assertThat(tiny.quantization()).isPresent();
    assertThat(tiny.sha256()).isPresent();
    assertThat(library().find("other")).isEmpty();
    assertThat(library().remove("other:0.1")).isTrue();
    assertThat(library().remove("other:0.1")).isFalse();
    assertThat(library().find("other:0.1")).isEmpty();
  }

  @Test
  void a_pull_that_is_stopped_stops_ollama_too_and_the_next_one_goes_on_where_it_was()
      throws Exception {
    PullProgress progress = new PullProgress();
    CountDownLatch stopped = new CountDownLatch(1);
    registry().hangs.set(1);
    Thread puller =
        Thread.startVirtualThread(
            () -> {
              try {
                library().pull(registry().name(), progress);
              } catch (InterruptedException e) {
                stopped.countDown();
              }
            });
    awaitHalf(progress);
    puller.interrupt();
    assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(library().find(registry().name())).isEmpty();

    PullProgress whole = new PullProgress();
    library().pull(registry().name(), whole);

    System.out.println(
        "pulled: " + progress.state() + ", " + whole.state() + ", asked for " + registry().ranges);
    assertThat(whole.state().phase()).isEqualTo(PullProgress.Phase.VERIFYING);
    assertThat(whole.state().completed()).isEqualTo(whole.state().total());
    assertThat(registry().ranges.getFirst()).startsWith("bytes=0-");
    assertThat(registry().ranges.getLast()).doesNotStartWith("bytes=0-");
    assertThat(library().find(registry().name())).isPresent();
    try (ChatBackend pulled = open(server().uri(), registry().name(), timeouts())) {
      List<Piece> pieces = new ArrayList<>();
      pulled.generate(prompt("How many!", 100), pieces::add);
      assertThat(pieces).isNotEmpty();
    }
    assertThat(library().remove(registry().name())).isTrue();
  }

  private static void awaitHalf(PullProgress progress) throws InterruptedException {
    long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (progress.state().completed() < 100_000) {
      assertThat(System.nanoTime()).as("%s", progress.state()).isLessThan(limit);
      Thread.sleep(10);
    }
  }

  @Test
  void a_pull_that_fails_says_why() {
    PullProgress progress = new PullProgress();

    ChatException unreachable =
        catchThrowableOfType(
            ChatException.class, () -> library().pull("127.0.0.1:1/library/x:1b", progress));
    ChatException misnamed =
        catchThrowableOfType(ChatException.class, () -> library().pull("a b:c:d", progress));

    System.out.println("pulls: " + unreachable.getMessage() + " / " + misnamed.getMessage());
    assertThat(unreachable)
        .isInstanceOf(ChatException.Refused.class)
        .hasMessageContaining("pull model manifest");
    assertThat(misnamed).hasMessageContaining("invalid model name");
  }

  @Test
  void a_model_that_is_kept_for_no_time_answers_all_the_same() throws Exception {
    try (ChatBackend unkept =
        OllamaBackend.open(
            config(server().uri(), "tiny", Duration.ZERO),
            PromptForm.AUTO,
            timeouts(),
            OutboundClients.toModelServer())) {
      StringBuilder said = new StringBuilder();
      unkept.generate(prompt("How many!", 100), piece -> said.append(piece).append('\n'));

      assertThat(said.toString()).contains("Y", "是");
    }
  }
}
