package dev.zhiku.generators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatBackend.Health;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.answering.chat.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a backend does with a real small instruct model. Skipped, and says so, where there is none.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
public abstract class SmolLm2Contract {
  /** Of one answer. */
  protected static final int CONTEXT_TOKENS = 2_048;

  /** For a model of this size also on a busy machine. */
  protected static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofMinutes(5), Duration.ofMinutes(5));

  private static final Duration LOADING = Duration.ofMinutes(5);

  private Optional<ChatBackend> backend = Optional.empty();

  /**
   * Opens the backend with two slots.
   *
   * @param folder its own
   */
  protected abstract ChatBackend open(Path model, Path folder) throws Exception;

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    ChatBackend opened = open(SmolLm2.file(), folder);
    backend = Optional.of(opened);
    long limit = System.nanoTime() + LOADING.toNanos();
    while (opened.health() instanceof Health.Away(var why)) {
      assumeTrue(!why.english().contains("cannot be loaded on this machine"), why.english());
      assertThat(System.nanoTime()).as(why.english()).isLessThan(limit);
      Thread.sleep(100);
    }
  }

  @AfterAll
  void unload() {
    backend.ifPresent(ChatBackend::close);
  }

  private static Prompt asking(String question, int tokens, String... stop) {
    return new Prompt(
        "You are a helpful assistant.",
        List.of(),
        question,
        List.of(),
        false,
        new Prompt.Limits(tokens, 0, Duration.ofMinutes(10)),
        new Sampling(
            Optional.of(0.0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(1),
            List.of(stop)));
  }

  private GenerationResult generate(Prompt prompt, StringBuilder text) throws InterruptedException {
    return backend.orElseThrow().generate(prompt, piece -> Piece.addText(piece, text));
  }

  @Test
  void it_streams_words_up_to_its_limit_and_counts_them() throws Exception {
    StringBuilder text = new StringBuilder();

    GenerationResult end = generate(asking("Tell me a long story about the sea.", 24), text);

    assertThat(end.finish()).isEqualTo(Finish.LENGTH);
    assertThat(end.completionTokens()).isEqualTo(24);
    assertThat(end.promptTokens()).isBetween(20, 60);
    assertThat(text.toString().split("\\s+", -1)).hasSizeGreaterThan(8);
  }

  @Test
  void a_text_to_stop_at_inside_a_token_ends_it_with_stop_and_the_right_count() throws Exception {
    StringBuilder whole = new StringBuilder();
    generate(asking("Tell me a long story about the sea.", 24), whole);
    String word = whole.toString().strip().split("\\s+", -1)[3].replaceAll("\\W", "");
    StringBuilder text = new StringBuilder();

    GenerationResult end = generate(asking("Tell me a long story about the sea.", 24, word), text);

    assertThat(end.finish()).as("stop %s in %s", word, whole).isEqualTo(Finish.STOP);
    assertThat(end.completionTokens()).isLessThan(12);
    assertThat(text.toString()).doesNotContain(word);
    assertThat(whole.toString()).startsWith(text.toString().stripTrailing());
  }

  @Test
  void two_are_answered_at_once() throws Exception {
    CompletableFuture<GenerationResult> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return generate(asking("What is a ship?", 16), new StringBuilder());
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    StringBuilder text = new StringBuilder();

    assertThat(generate(asking("What is a harbour?", 16), text).completionTokens()).isPositive();
    assertThat(other.get().completionTokens()).isPositive();
    assertThat(text.toString()).isNotBlank();
  }

  @Test
  void a_longer_prompt_counts_more_tokens_and_one_beyond_the_context_is_refused() throws Exception {
    String hours = "The harbour is open from six until nine. ".repeat(20);

    int few = generate(asking("Is it open?", 2), new StringBuilder()).promptTokens();
    int many = generate(asking(hours + "Is it open?", 2), new StringBuilder()).promptTokens();

    assertThat(many - few).isBetween(160, 240);
    assertThatThrownBy(() -> generate(asking(hours.repeat(20), 2), new StringBuilder()))
        .isInstanceOf(ChatException.PromptTooLong.class);
  }

  @Test
  void a_follow_up_is_read_with_the_turns_before_it() throws Exception {
    Prompt first = asking("My name is Odile. Say hello.", 8);
    Prompt second =
        new Prompt(
            first.system(),
            List.of(
                new Turn(Turn.Role.USER, "My name is Odile. Say hello."),
                new Turn(Turn.Role.ASSISTANT, "Hello, Odile.")),
            "What is my name?",
            List.of(),
            false,
            first.limits(),
            first.sampling());

    int before = generate(first, new StringBuilder()).promptTokens();
    GenerationResult end = generate(second, new StringBuilder());

    assertThat(end.promptTokens()).isGreaterThan(before + 8);
  }
}
