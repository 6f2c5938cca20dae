package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.answer.ScriptedChatBackend.Step;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.generators.testing.PromisedTime;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.identity.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official client for Java, against a service that asks for a key. */
@Timeout(600)
class OpenAiJavaTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** From the end of a connection to the end of the generation. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private static V1Server server;
  private static OpenAIClient client;

  @BeforeAll
  static void start(@TempDir Path folder) {
    AccessKeys keys = AccessKeys.create(folder.resolve("access.key"));
    server = V1Server.start(folder, new TestServer.Settings().host("0.0.0.0").keys(keys));
    client = client(keys.text(Role.READER));
  }

  private static OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder().baseUrl(server.url()).apiKey(key).maxRetries(0).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @AfterEach
  void quote_again() {
    server.quoteAgain();
  }

  private static ChatCompletionCreateParams.Builder asking(String model, String question) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(question);
  }

  @Test
  void models_are_listed_and_retrieved() {
    assertThat(client.models().list().data())
        .extracting(Model::id)
        .containsExactly("zhiku", "zhiku/knowledge", "zhiku-chat");
    assertThat(client.models().retrieve("zhiku/knowledge").id()).isEqualTo("zhiku/knowledge");
  }

  @Test
  void an_answer_passes_the_clients_own_validation() {
    ChatCompletion completion =
        client.chat().completions().create(asking("zhiku", "年假有几天？").build()).validate();

    assertThat(completion.choices().getFirst().message().content().orElse(""))
        .contains("15 天带薪年假。 [1]", "**来源**");
    assertThat(completion.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(completion.usage().orElseThrow().totalTokens()).isPositive();
    assertThat(completion._additionalProperties().toString()).contains("citations", "员工手册.pdf");
  }

  @Test
  void a_stream_passes_the_clients_own_validation() {
    StringBuilder text = new StringBuilder();
    List<ChatCompletionChunk> chunks = new ArrayList<>();
    ChatCompletionCreateParams params =
        asking("zhiku", "年假有几天？")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();

    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream().forEach(chunk -> chunks.add(chunk.validate()));
    }

    for (ChatCompletionChunk chunk : chunks) {
      chunk.choices().forEach(choice -> choice.delta().content().ifPresent(text::append));
    }
    assertThat(text.toString()).contains("15 天带薪年假。 [1]", "**来源**");
    assertThat(chunks.getLast().usage().orElseThrow().totalTokens()).isPositive();
  }

  @Test
  void errors_arrive_as_their_types() {
    assertThatThrownBy(
            () -> client.chat().completions().create(asking("zhiku/nowhere", "hello").build()))
        .isInstanceOfSatisfying(
            NotFoundException.class, e -> assertThat(e.code()).contains("model_not_found"));
    assertThatThrownBy(
            () -> client.chat().completions().create(asking("zhiku", "hello").n(2).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.param()).contains("n"));
    assertThatThrownBy(
            () -> client.chat().completions().create(asking("zhiku-chat", "hello").build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.code()).contains("no_model"));
    OpenAIClient stranger = client("kb_wrong");
    assertThatThrownBy(() -> stranger.models().list())
        .isInstanceOfSatisfying(
            UnauthorizedException.class, e -> assertThat(e.code()).contains("invalid_api_key"));
    stranger.close();
  }

  @Test
  void a_full_queue_is_an_error_of_the_server() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    server.backend.use(
        new ScriptedChatBackend(
            List.of(new Step.Say(new Piece.Text("每年")), new Step.Wait(open)), 8_192, 2));
    ChatCompletionCreateParams params = asking("zhiku", "年假有几天？").build();
    List<Future<ChatCompletion>> asked = new ArrayList<>();
    try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2 + V1Server.WAITING + 1; i++) {
        asked.add(askers.submit(() -> client.chat().completions().create(params)));
      }
      long limit = System.nanoTime() + PATIENCE.toNanos();
      while (asked.stream().noneMatch(Future::isDone)) {
        assertThat(System.nanoTime()).isLessThan(limit);
        Thread.sleep(10);
      }
      open.countDown();
    }

    assertThat(asked.stream().filter(f -> f.state() == Future.State.FAILED))
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.exceptionNow())
                    .isInstanceOfSatisfying(
                        InternalServerException.class,
                        e -> {
                          assertThat(e.statusCode()).isEqualTo(503);
                          assertThat(e.code()).contains("queue_full");
                          assertThat(e.headers().values("retry-after")).containsExactly("5");
                        }));
  }

  @Test
  void a_stream_that_breaks_off_throws_after_what_was_said() {
    server.backend.use(
        new ScriptedChatBackend(
            List.of(
                new Step.Say(new Piece.Text("每年享有")),
                new Step.Fail(new ChatException.Refused(new Phrase("cut off", "断开"))))));
    StringBuilder text = new StringBuilder();

    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(asking("zhiku", "年假有几天？").build())) {
      assertThatThrownBy(
              () ->
                  stream.stream()
                      .forEach(
                          chunk ->
                              chunk
                                  .choices()
                                  .forEach(c -> c.delta().content().ifPresent(text::append))))
          .isInstanceOf(OpenAIException.class)
          .hasMessageContaining("语言模型");
    }
    assertThat(text.toString()).isEqualTo("每年享有");
  }

  @Test
  @Tag("promise")
  void closing_the_stream_stops_the_generation() throws Exception {
    ScriptedChatBackend slow =
        new ScriptedChatBackend(
            List.of(new Step.Say(new Piece.Text("每年享有")), new Step.Wait(new CountDownLatch(1))));
    server.backend.use(slow);

    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(asking("zhiku", "年假有几天？").build())) {
      assertThat(stream.stream().findFirst()).isPresent();
      assertThat(slow.started().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    PromisedTime.await("end of the generation", SOON, slow.interrupted());
  }
}
