package dev.zhiku.generators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatBackend.Health;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.generators.dialogue.Dialogue;
import dev.zhiku.generators.dialogue.PromptFamily;
import dev.zhiku.generators.llamacpp.TinyModelFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a backend does with its server's own program, which runs the tiny model. Only where an
 * environment has the program; skipped otherwise.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
public abstract class RealServerContract {
  /** Of one question; the model was trained for more. */
  protected static final int CONTEXT_TOKENS = 4_096;

  /** More than is written before a test has had its look. */
  private static final int ENDLESS = 3_500;

  private static final Duration SOON = Duration.ofSeconds(5);

  /** Servers read a prompt in parts of 512 tokens and more, and end the one that they are at. */
  private static final Duration PART_OF_A_PROMPT = Duration.ofSeconds(60);

  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(120), Duration.ofSeconds(60));

  private RealServer server;
  private ChatBackend backend;

  /**
   * The program; without one the test is skipped.
   *
   * @param folder where it may be put
   */
  protected abstract Path program(Path folder) throws Exception;

  /** Starts it with the model in this file, and with two slots. */
  protected abstract RealServer serve(Path program, Path home, Path model) throws Exception;

  /**
   * @param model that is asked for; the tiny one is {@code tiny}
   */
  protected abstract ChatBackend open(URI server, String model, Timeouts timeouts);

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    Path program = program(home);
    Path model = home.resolve("tiny.gguf");
    TinyModelFile.write(model);
    server = serve(program, home, model);
    backend = open(server.uri(), "tiny", TIMEOUTS);
    awaitReady();
  }

  @AfterAll
  void stop() {
    if (backend != null) {
      backend.close();
    }
    if (server != null) {
      server.close();
    }
  }

  protected RealServer server() {
    return server;
  }

  protected ChatBackend backend() {
    return backend;
  }

  protected static Timeouts timeouts() {
    return TIMEOUTS;
  }

  @Test
  void an_answer_comes_in_pieces_and_its_tokens_are_counted() throws Exception {
    Prompt prompt = prompt("How many days of leave are there!", 1_000);
    List<Piece> pieces = new ArrayList<>();

    GenerationResult completion = backend.generate(prompt, pieces::add);

    assertThat(text(pieces)).isEqualTo(TinyModelFile.SHORT);
    assertThat(pieces).hasSizeGreaterThan(3);
    assertThat(completion)
        .isEqualTo(new GenerationResult(Finish.STOP, tokens(prompt), TinyModelFile.SHORT_TOKENS));
    assertThat(backend.countsReliably()).isTrue();
  }

  /** A token for each byte, one for each mark of a turn, and the one that begins a text. */
  private static int tokens(Prompt prompt) {
    return 1
        + Dialogue.of(prompt, PromptFamily.PLAIN).stream()
            .mapToInt(turn -> 1 + turn.text().getBytes(StandardCharsets.UTF_8).length)
            .sum();
  }

  @Test
  void the_context_that_a_question_may_have_is_known() {
    assertThat(backend.model().contextTokens()).isEqualTo(CONTEXT_TOKENS);
    assertThat(backend.model().name()).contains("tiny");
  }

  @Test
  void an_answer_is_cut_by_the_server_at_its_limit_and_not_before() throws Exception {
    List<Piece> pieces = new ArrayList<>();

    GenerationResult completion = backend.generate(prompt("How many?", 300), pieces::add);

    assertThat(text(pieces)).isEqualTo("0123456789".repeat(30));
    assertThat(completion.finish()).isEqualTo(Finish.LENGTH);
    assertThat(completion.completionTokens()).isEqualTo(300);
  }

  @Test
  void the_wish_where_to_stop_is_kept() throws Exception {
    List<Piece> pieces = new ArrayList<>();
    Prompt plain = prompt("How many?", 300);
    Sampling sampling =
        new Sampling(
            Optional.of(0.5),
            Optional.of(0.9),
            Optional.of(0.1),
            Optional.of(0.1),
            Optional.of(4_711),
            List.of("56"));

    GenerationResult completion =
        backend.generate(
            new Prompt(
                plain.system(),
                plain.history(),
                plain.question(),
                plain.passages(),
                false,
                plain.limits(),
                sampling),
            pieces::add);

    assertThat(text(pieces)).isEqualTo("01234");
    assertThat(completion.finish()).isEqualTo(Finish.STOP);
  }

  @Test
  void endless_thinking_is_stopped_at_its_budget() throws Exception {
    List<Piece> pieces = new ArrayList<>();
    Prompt thinking =
        new Prompt(
            "Answer.",
            List.of(),
            "Think &",
            List.of(),
            true,
            new Prompt.Limits(1_000, 200, Duration.ofSeconds(60)));

    GenerationResult completion = backend.generate(thinking, pieces::add);

    assertThat(completion.finish()).isEqualTo(Finish.EXHAUSTED);
    assertThat(pieces).isNotEmpty().allMatch(Piece.Reasoning.class::isInstance);
    awaitRest(SOON);
  }

  @Test
  void two_are_answered_at_once() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Finish> call =
          () -> {
            CountDownLatch first = new CountDownLatch(1);
            return backend
                .generate(
                    prompt("How many?", 3_500),
                    piece -> {
                      if (first.getCount() > 0) {
                        first.countDown();
                        both.countDown();
                        await(both);
                      }
                    })
                .finish();
          };
      Future<Finish> one = callers.submit(call);
      Future<Finish> other = callers.submit(call);

      assertThat(one.get(90, TimeUnit.SECONDS)).isEqualTo(Finish.LENGTH);
      assertThat(other.get(90, TimeUnit.SECONDS)).isEqualTo(Finish.LENGTH);
    }
  }

  @Test
  void a_prompt_longer_than_the_context_is_refused_and_not_cut() throws Exception {
    Prompt tooLong = prompt("word ".repeat(CONTEXT_TOKENS / 4) + "!", 1_000);

    assertThatThrownBy(() -> backend.generate(tooLong, piece -> {}))
        .isInstanceOf(ChatException.PromptTooLong.class);

    assertThat(backend.health()).isInstanceOf(Health.Ready.class);
    assertThat(answer()).isEqualTo(TinyModelFile.SHORT);
  }

  @Test
  void an_answer_that_reaches_the_end_of_the_context_is_cut_there() throws Exception {
    Prompt longest = prompt("a".repeat(CONTEXT_TOKENS - 200) + "?", 1_000);
    StringBuilder said = new StringBuilder();

    GenerationResult completion =
        backend.generate(longest, piece -> said.append(((Piece.Text) piece).text()));

    assertThat(completion.finish()).isEqualTo(Finish.LENGTH);
    assertThat(completion.promptTokens()).isEqualTo(tokens(longest));
    assertThat(completion.promptTokens() + said.length())
        .isBetween(CONTEXT_TOKENS - 1, CONTEXT_TOKENS + 1);
  }

  @Test
  void a_model_that_is_not_there_is_said_to_be_missing() throws Exception {
    try (ChatBackend other = open(server.uri(), "nobody", TIMEOUTS)) {
      String why = awaitAway(other);

      System.out.println("a model that is not there: " + why);
      assertThat(why).contains("nobody");
      assertThatThrownBy(() -> other.generate(prompt("!", 10), piece -> {}))
          .isInstanceOf(ChatException.ModelMissing.class);
    }
  }

  @Test
  void an_interrupted_caller_is_free_within_a_second_and_the_server_at_rest_soon_after()
      throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread caller =
        Thread.startVirtualThread(
            () -> {
              try {
                backend.generate(prompt("How many?", ENDLESS), piece -> writing.countDown());
              } catch (InterruptedException e) {
                ended.countDown();
              }
            });
    await(writing);

    long interrupted = System.nanoTime();
    caller.interrupt();
    assertThat(ended.await(1, TimeUnit.SECONDS)).isTrue();
    long free = System.nanoTime();
    awaitRest(SOON);

    System.out.printf(
        "interrupted: caller free after %.0f ms, server at rest within %.0f ms%n",
        (free - interrupted) / 1e6, (System.nanoTime() - interrupted) / 1e6);
    assertThat(answer()).isEqualTo(TinyModelFile.SHORT);
  }

  @Test
  void a_caller_that_leaves_while_the_prompt_is_read_stops_that_too() throws Exception {
    Prompt prompt = prompt("b".repeat(CONTEXT_TOKENS - 1_200) + "?", 1_000);
    CountDownLatch ended = new CountDownLatch(1);
    Duration before = server.computed();
    Thread caller =
        Thread.startVirtualThread(
            () -> {
              try {
                backend.generate(prompt, piece -> {});
              } catch (InterruptedException e) {
                ended.countDown();
              }
            });
    long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (server.computed().minus(before).toMillis() < 150) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.sleep(10);
    }

    caller.interrupt();

    assertThat(ended.await(1, TimeUnit.SECONDS)).isTrue();
    awaitRest(PART_OF_A_PROMPT);
  }

  @Test
  void a_server_killed_in_mid_answer_breaks_it_and_its_return_is_noticed() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    List<Piece> pieces = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Throwable> failure =
          callers.submit(
              () -> {
                try {
                  backend.generate(
                      prompt("How many?", ENDLESS),
                      piece -> {
                        pieces.add(piece);
                        writing.countDown();
                      });
                  throw new AssertionError("answered to its end");
                } catch (ChatException e) {
                  return e;
                }
              });
      await(writing);

      long killed = System.nanoTime();
      server.kill();
      assertThat(failure.get(2, TimeUnit.SECONDS)).isInstanceOf(ChatException.Broken.class);
      System.out.printf("killed: told after %.0f ms%n", (System.nanoTime() - killed) / 1e6);
    }
    assertThat(pieces).isNotEmpty();
    assertThatThrownBy(this::answer).isInstanceOf(ChatException.Unreachable.class);
    assertThat(backend.health()).isInstanceOf(Health.Away.class);

    server.restart();

    long back = System.nanoTime();
    awaitReady();
    System.out.printf("back: noticed after %.1f s%n", (System.nanoTime() - back) / 1e9);
    assertThat(answer()).isEqualTo(TinyModelFile.SHORT);
  }

  /** What it says to a question with a short answer. */
  protected String answer() throws InterruptedException {
    List<Piece> pieces = new ArrayList<>();
    backend.generate(prompt("How many!", 100), pieces::add);
    return text(pieces);
  }

  protected static Prompt prompt(String question, int answerTokens) {
    return new Prompt(
        "Answer from the passages.",
        List.of(),
        question,
        List.of(new Prompt.Source(1, "员工手册", "正式员工每年享有 15 天带薪年假。", 1)),
        false,
        new Prompt.Limits(answerTokens, 1_000, Duration.ofSeconds(150)));
  }

  private static String text(List<Piece> pieces) {
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(((Piece.Text) piece).text()));
    return text.toString();
  }

  private void awaitReady() throws InterruptedException {
    long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!(backend.health() instanceof Health.Ready)) {
      assertThat(System.nanoTime()).as("%s", backend.health()).isLessThan(limit);
      Thread.sleep(10);
    }
  }

  private static String awaitAway(ChatBackend backend) throws InterruptedException {
    long limit = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (true) {
      if (backend.health() instanceof Health.Away(var why)
          && !why.english().contains("being looked for")) {
        return why.english();
      }
      assertThat(System.nanoTime()).as("%s", backend.health()).isLessThan(limit);
      Thread.sleep(10);
    }
  }

  /** Waits until the server computes next to nothing: less than a fifth of one core. */
  private void awaitRest(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Duration before = server.computed();
    while (true) {
      Thread.sleep(100);
      Duration now = server.computed();
      if (now.minus(before).toMillis() <= 20) {
        return;
      }
      assertThat(System.nanoTime()).as("still computing").isLessThan(end);
      before = now;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
