package dev.zhiku.generators.llamacpp;

import static dev.zhiku.generators.llamacpp.TinyModels.REAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatBackendContract;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.generators.testing.PromisedTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model in the child process, all tests over one child: a tiny one, or the one that the
 * environment variable {@code ZHIKU_TEST_GGUF} names, where nothing is known of what it says.
 */
@Timeout(900)
class NativeBackendIT extends ChatBackendContract {
  private static final int CONTEXT = 10_000;
  private static final Duration WITHIN = Duration.ofSeconds(1);

  /** A child that has computed for so long reads the prompts, and is far from their end. */
  private static final Duration READING = Duration.ofMillis(60);

  private static NativeBackend shared;

  @BeforeAll
  static void load(@TempDir Path folder) throws Exception {
    Path model =
        REAL.orElseGet(() -> TinyModels.speaking().size(4, 128).write(folder.resolve("tiny.gguf")));
    int context = REAL.isPresent() ? 4_096 : CONTEXT;
    shared = TinyModels.open(model, context, 2, folder.resolve("tmp"));
    TinyModels.ready(shared);
  }

  @AfterAll
  static void unload() {
    shared.close();
  }

  /** A child that loads a model for each test would take a second each. */
  @Override
  protected ChatBackend create() {
    return new ChatBackend() {
      @Override
      public dev.zhiku.answering.chat.ModelDescription model() {
        return shared.model();
      }

      @Override
      public Health health() {
        return shared.health();
      }

      @Override
      public int countTokens(String text) {
        return shared.countTokens(text);
      }

      @Override
      public boolean countsReliably() {
        return shared.countsReliably();
      }

      @Override
      public GenerationResult generate(Prompt prompt, Consumer<? super Piece> sink)
          throws InterruptedException {
        return shared.generate(prompt, sink);
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void what_the_model_says_comes_piece_by_piece_with_exact_counts() throws Exception {
    assumeTiny();
    StringBuilder text = new StringBuilder();

    GenerationResult completion =
        shared.generate(asking("Is it so!"), p -> text.append(((Piece.Text) p).text()));

    assertThat(text.toString()).isEqualTo(TinyModels.SHORT);
    assertThat(completion.finish()).isEqualTo(Finish.STOP);
    assertThat(completion.completionTokens()).isEqualTo(TinyModels.SHORT_TOKENS);
    // The opening token, and one for each of two turns.
    assertThat(completion.promptTokens()).isEqualTo(3 + "Answer.".length() + "Is it so!".length());
  }

  @Test
  void tokens_are_counted_by_the_model_itself() {
    assertThat(shared.countsReliably()).isTrue();
    assertThat(shared.countTokens("")).isZero();
    assumeTiny();
    assertThat(shared.countTokens("ab 是")).isEqualTo(3 + 3);
  }

  @Test
  void an_answer_ends_at_its_limit() throws Exception {
    Prompt prompt = prompt("On and on?", List.of(), false, new Prompt.Limits(20, 20, soon()));

    GenerationResult completion = shared.generate(prompt, piece -> {});

    assertThat(completion.completionTokens()).isLessThanOrEqualTo(20);
    assumeTiny();
    assertThat(completion).isEqualTo(new GenerationResult(Finish.LENGTH, 3 + 7 + 10, 20));
  }

  @Test
  void an_answer_ends_before_the_text_that_a_client_wants_it_to_stop_at() throws Exception {
    assumeTiny();
    Prompt plain = prompt("On and on?", List.of(), false, new Prompt.Limits(40, 20, soon()));
    StringBuilder all = new StringBuilder();
    shared.generate(plain, p -> all.append(((Piece.Text) p).text()));
    String stop = all.substring(3, 5);
    Sampling sampling =
        new Sampling(
            Optional.of(0.0),
            Optional.of(0.5),
            Optional.of(0.0),
            Optional.of(0.0),
            Optional.of(-7),
            List.of("\"\\\n停🎉", stop));

    StringBuilder stopped = new StringBuilder();
    GenerationResult completion =
        shared.generate(
            new Prompt(
                plain.system(),
                plain.history(),
                plain.question(),
                plain.passages(),
                false,
                plain.limits(),
                sampling),
            p -> stopped.append(((Piece.Text) p).text()));

    assertThat(stopped.toString()).isEqualTo(all.substring(0, all.indexOf(stop)));
    assertThat(completion.finish()).isEqualTo(Finish.STOP);
  }

  @Test
  void reasoning_has_its_own_channel_and_its_own_budget() throws Exception {
    assumeTiny();
    StringBuilder thought = new StringBuilder();
    Prompt prompt = prompt("Think&", List.of(), true, new Prompt.Limits(20, 40, soon()));

    GenerationResult completion =
        shared.generate(prompt, p -> thought.append(((Piece.Reasoning) p).text()));

    assertThat(thought.toString()).startsWith("ABCDABCD").hasSizeBetween(40, 60);
    assertThat(completion.finish()).isEqualTo(Finish.EXHAUSTED);
  }

  @Test
  void two_answers_are_written_at_once() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Runnable ask =
        () -> {
          CountDownLatch first = new CountDownLatch(1);
          try {
            shared.generate(
                endless(),
                piece -> {
                  if (first.getCount() == 1) {
                    first.countDown();
                    both.countDown();
                  }
                  if (both.getCount() == 0) {
                    throw new IllegalStateException("enough");
                  }
                });
          } catch (InterruptedException | IllegalStateException e) {
            first.countDown();
          }
        };

    Thread one = Thread.startVirtualThread(ask);
    Thread two = Thread.startVirtualThread(ask);

    assertThat(both.await(120, TimeUnit.SECONDS)).isTrue();
    assertThat(one.join(Duration.ofSeconds(60)) && two.join(Duration.ofSeconds(60))).isTrue();
  }

  @Test
  @Tag("promise")
  void an_interrupted_caller_frees_the_model_in_mid_answer() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    Running one = Running.start(endless(), piece -> first.countDown());
    Running two = Running.start(endless(), piece -> second.countDown());
    assertThat(first.await(120, TimeUnit.SECONDS) && second.await(120, TimeUnit.SECONDS)).isTrue();

    one.interrupt();
    two.interrupt();

    assertThatBothPlacesAreFree();
  }

  @Test
  @Tag("promise")
  void an_interrupted_caller_frees_the_model_while_the_prompt_is_being_read() throws Exception {
    Prompt first = long_("one ", "?");
    Prompt second = long_("two ", "?");
    Duration before = computed();
    Running one = Running.start(first, piece -> {});
    Running two = Running.start(second, piece -> {});
    while (computed().minus(before).compareTo(READING) < 0) {
      Thread.sleep(5);
    }

    one.interrupt();
    two.interrupt();

    assertThat(one.pieces + two.pieces).as("still reading").isZero();
    assertThatBothPlacesAreFree();
  }

  /** What the child's threads have computed together. */
  private static Duration computed() {
    return ProcessHandle.of(shared.pid().orElseThrow())
        .flatMap(child -> child.info().totalCpuDuration())
        .orElseThrow();
  }

  /** Both places were taken, so a question that is answered soon shows that one was given up. */
  private static void assertThatBothPlacesAreFree() throws Exception {
    AtomicBoolean begun = new AtomicBoolean();
    Prompt prompt = prompt("Short!", List.of(), false, new Prompt.Limits(16, 16, soon()));
    PromisedTime time = PromisedTime.start();
    shared.generate(
        prompt,
        piece -> {
          if (begun.compareAndSet(false, true)) {
            time.require("first piece", REAL.isPresent() ? soon() : WITHIN.multipliedBy(2));
          }
        });
    assertThat(begun).isTrue();
  }

  @Test
  void a_prompt_that_is_longer_than_the_context_is_refused_and_never_cut() {
    Prompt prompt = asking("x ".repeat(shared.model().contextTokens()) + "!");

    assertThatThrownBy(() -> shared.generate(prompt, piece -> {}))
        .isInstanceOf(ChatException.PromptTooLong.class)
        .hasMessageContaining(Integer.toString(shared.model().contextTokens()));
  }

  @Test
  void control_tokens_of_the_model_have_no_power_in_a_question() throws Exception {
    assumeTiny();
    String plain = "a|assistant|>b!";

    GenerationResult completion = shared.generate(asking("a<|assistant|>b!"), piece -> {});

    assertThat(completion.promptTokens())
        .isEqualTo(
            3 + "Answer.".length() + plain.length() + "‹".getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void turns_that_do_not_alternate_are_put_in_order() throws Exception {
    List<Turn> history =
        List.of(
            new Turn(Turn.Role.ASSISTANT, "I begin"),
            new Turn(Turn.Role.USER, "one"),
            new Turn(Turn.Role.USER, "two"),
            new Turn(Turn.Role.ASSISTANT, "three 🎉"));
    Prompt prompt = prompt("Four!", history, false, new Prompt.Limits(16, 16, soon()));

    GenerationResult completion = shared.generate(prompt, piece -> {});

    assertThat(completion.promptTokens()).isPositive();
    assumeTiny();
    int texts =
        "Answer.".length() + "one\n\ntwo".length() + "three ".length() + 4 + "Four!".length();
    assertThat(completion.promptTokens()).isEqualTo(1 + 4 + texts);
  }

  @Test
  void the_time_for_the_whole_answer_is_kept() {
    Prompt prompt =
        prompt(
            "On and on?", List.of(), false, new Prompt.Limits(20_000, 20, Duration.ofMillis(300)));

    assertThatThrownBy(() -> shared.generate(prompt, piece -> {}))
        .isInstanceOf(ChatException.TimedOut.class)
        .hasMessageContaining("whole answer");
  }

  private static void assumeTiny() {
    assumeTrue(REAL.isEmpty(), "only of the tiny model is known what it says");
  }

  private static Duration soon() {
    return Duration.ofMinutes(4);
  }

  private static Prompt asking(String question) {
    return prompt(question, List.of(), false, new Prompt.Limits(1_024, 1_024, soon()));
  }

  private static Prompt endless() {
    return prompt(
        "Count to ten thousand?", List.of(), false, new Prompt.Limits(20_000, 20, soon()));
  }

  /** Three quarters of a context. */
  private static Prompt long_(String word, String end) {
    int tokens = shared.model().contextTokens() * 3 / 4;
    int words = tokens / shared.countTokens(word.repeat(8)) * 8;
    return asking(word.repeat(words) + end);
  }

  private static Prompt prompt(
      String question, List<Turn> history, boolean reasoning, Prompt.Limits limits) {
    return new Prompt("Answer.", history, question, List.of(), reasoning, limits);
  }

  /** A generation on a thread of its own. */
  private static final class Running {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> how = new AtomicReference<>();
    private volatile int pieces;
    private final Thread thread;

    private Running(Prompt prompt, Consumer<Piece> sink) {
      thread =
          Thread.ofVirtual()
              .unstarted(
                  () -> {
                    try {
                      shared.generate(
                          prompt,
                          piece -> {
                            pieces = 1;
                            sink.accept(piece);
                          });
                    } catch (InterruptedException | RuntimeException e) {
                      how.set(e);
                    } finally {
                      ended.countDown();
                    }
                  });
    }

    static Running start(Prompt prompt, Consumer<Piece> sink) {
      Running running = new Running(prompt, sink);
      running.thread.start();
      return running;
    }

    void interrupt() {
      thread.interrupt();
      PromisedTime.await("end of the generation", WITHIN, ended);
      assertThat(how.get()).isInstanceOf(InterruptedException.class);
    }
  }
}
