package dev.zhiku.generators.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.generators.PromptForm;
import dev.zhiku.generators.server.Timeouts;
import dev.zhiku.generators.testing.PromisedTime;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no model, and processes that end: each is said, and mends itself. */
@Timeout(900)
class NativeRecoveryCrashIT {
  private static final int CONTEXT = 2_000;
  private static final Duration FAILS_WITHIN = Duration.ofSeconds(2);

  /** More than is written while a signal is sent. */
  private static final int ENDLESS_TOKENS = 15_000;

  private final Path folder;
  private final Path model;
  private final List<NativeBackend> opened = new ArrayList<>();

  NativeRecoveryCrashIT(@TempDir Path folder) {
    this.folder = folder;
    this.model = folder.resolve("model.gguf");
  }

  @AfterEach
  void close() {
    opened.forEach(NativeBackend::close);
  }

  @Test
  void a_model_that_is_missing_is_said_and_loaded_when_it_appears_and_when_it_is_exchanged()
      throws Exception {
    NativeBackend backend = open();
    assertThat(TinyModels.away(backend, "There is no model file")).contains("model-path");
    assertThatThrownBy(() -> backend.generate(asking("Is it?!"), piece -> {}))
        .isInstanceOf(ChatException.ModelMissing.class);
    assertThat(backend.countsReliably()).isFalse();
    assertThat(backend.countTokens("four words of text")).isGreaterThanOrEqualTo(4);

    TinyModels.speaking().write(model);
    TinyModels.ready(backend);
    assertThat(answer(backend, "Is it so!")).isEqualTo(TinyModels.SHORT);

    Path other = folder.resolve("other.gguf");
    new TinyModel(8)
        .template("{% for m in messages %}{{ m.content }}{% endfor %}")
        .says("NO")
        .after('!', 'N')
        .endsAfter('O')
        .write(other);
    Files.move(other, model, StandardCopyOption.REPLACE_EXISTING);
    TinyModels.away(backend, "being loaded");
    TinyModels.ready(backend);
    assertThat(answer(backend, "Is it so!")).isEqualTo("NO");
  }

  @Test
  void what_is_no_gguf_is_told_apart_from_what_is_not_whole() throws Exception {
    Files.writeString(model, "{\"format\": \"pt\"} and more of the kind");
    NativeBackend backend = open();
    TinyModels.away(backend, "is no GGUF model");

    Path whole = TinyModels.speaking().write(folder.resolve("whole.gguf"));
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(model, Arrays.copyOf(bytes, 900));
    TinyModels.away(backend, "it ends within its head");
    Files.write(model, Arrays.copyOf(bytes, bytes.length * 2 / 3));
    TinyModels.away(backend, "is not whole");
    Files.write(model, Arrays.copyOf(bytes, bytes.length - 100));
    TinyModels.away(backend, "is not within the file bounds");

    Files.write(model, bytes);
    TinyModels.ready(backend);
    assertThat(answer(backend, "Is it so!")).isEqualTo(TinyModels.SHORT);
  }

  @Test
  void an_architecture_that_llama_cpp_does_not_know_is_named() throws Exception {
    TinyModels.speaking().architecture("qwen9").write(model);

    NativeBackend backend = open();

    assertThat(TinyModels.away(backend, "qwen9")).contains("ollama or openai");
  }

  @Test
  @Tag("promise")
  void a_process_that_is_killed_in_mid_answer_fails_that_answer_and_no_other() throws Exception {
    failsOneAnswer("KILL");
  }

  @ParameterizedTest
  @Tag("crash")
  @ValueSource(strings = {"ABRT", "SEGV"})
  void a_process_that_ends_by_a_fault_in_mid_answer_fails_that_answer_and_no_other(String signal)
      throws Exception {
    failsOneAnswer(signal);
  }

  private void failsOneAnswer(String signal) throws Exception {
    TinyModels.speaking().write(model);
    NativeBackend backend = TinyModels.ready(open(2 * ENDLESS_TOKENS));
    AtomicReference<PromisedTime> killed = new AtomicReference<>();

    assertThatThrownBy(
            () ->
                backend.generate(
                    endless(),
                    afterSomeText(
                        () -> {
                          signal(signal, backend.pid().orElseThrow());
                          killed.set(PromisedTime.start());
                        })))
        .as(signal)
        .isInstanceOf(ChatException.Broken.class)
        .hasMessageContaining("ended unexpectedly");

    Objects.requireNonNull(killed.get()).require("failure of the answer", FAILS_WITHIN);
    TinyModels.ready(backend);
    assertThat(answer(backend, "Is it so!")).isEqualTo(TinyModels.SHORT);
  }

  @Test
  @Tag("crash")
  void a_process_that_hangs_is_given_up_after_the_time_for_a_piece_and_replaced() throws Exception {
    TinyModels.speaking().write(model);
    NativeBackend backend =
        NativeBackend.open(
            TinyModels.config(model, 2 * ENDLESS_TOKENS, 1),
            PromptForm.AUTO,
            new Timeouts(Duration.ofMinutes(5), Duration.ofSeconds(2)),
            folder.resolve("tmp"),
            TinyModels.quick(Duration.ofSeconds(6)));
    opened.add(backend);
    TinyModels.ready(backend);

    assertThatThrownBy(
            () ->
                backend.generate(
                    endless(), afterSomeText(() -> signal("STOP", backend.pid().orElseThrow()))))
        .isInstanceOf(ChatException.TimedOut.class)
        .hasMessageContaining("next piece");

    TinyModels.away(backend, "no sign of life");
    TinyModels.ready(backend);
    assertThat(answer(backend, "Is it so!")).isEqualTo(TinyModels.SHORT);
  }

  @Test
  @Tag("crash")
  void a_model_file_that_is_cut_while_it_is_used_is_said_and_used_again_when_it_is_whole()
      throws Exception {
    TinyModels.speaking().write(model);
    byte[] whole = Files.readAllBytes(model);
    NativeBackend backend = TinyModels.ready(open());
    assertThat(answer(backend, "Is it so!")).isEqualTo(TinyModels.SHORT);

    try (RandomAccessFile file = new RandomAccessFile(model.toFile(), "rw")) {
      file.setLength(whole.length / 2);
    }
    TinyModels.away(backend, "is not whole");

    Files.write(model, whole);
    TinyModels.ready(backend);
    assertThat(answer(backend, "Is it so!")).isEqualTo(TinyModels.SHORT);
  }

  @Test
  void a_template_without_a_system_turn_gets_its_words_before_the_first_question()
      throws Exception {
    TinyModels.speaking()
        .template(
            "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system') }}"
                + "{% endif %}{{ '<|' + m.role + '|>' + m.content }}{% endfor %}")
        .write(model);

    NativeBackend backend = TinyModels.ready(open());

    GenerationResult completion = backend.generate(asking("Is it so!"), piece -> {});
    assertThat(completion.promptTokens())
        .isEqualTo(2 + "Answer.\n".length() + "Is it so!".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for m in messages %}{{ unclosed",
        "{{ raise_exception('ends the process') }}",
        "{{ messages[-1].content }}"
      })
  void a_template_that_cannot_be_used_is_replaced_by_plain_text(String template) throws Exception {
    TinyModels.speaking().template(template).afterByte('\n', 'Y').write(model);

    NativeBackend backend = TinyModels.ready(open());

    assertThat(answer(backend, "Is it so!")).isEqualTo(TinyModels.SHORT);
    GenerationResult completion = backend.generate(asking("Is it so!"), piece -> {});
    String plain = "### System:\nAnswer.\n\n### User:\nIs it so!\n\n### Assistant:\n";
    assertThat(completion.promptTokens()).isEqualTo(1 + plain.length());
  }

  @Test
  void reasoning_that_the_template_opens_is_reasoning_and_closed_where_it_is_not_wanted()
      throws Exception {
    new TinyModel(9)
        .template("{% for m in messages %}{{ m.content }}{% endfor %}{{ '<think>\\n' }}")
        .says("Mm</think>Zz.")
        .afterByte('\n', 'M')
        .endsAfter('.')
        .write(model);
    NativeBackend backend = TinyModels.ready(open());
    StringBuilder thought = new StringBuilder();
    StringBuilder text = new StringBuilder();

    GenerationResult thinking =
        backend.generate(
            asking("Why", true),
            piece -> {
              switch (piece) {
                case Piece.Reasoning reasoning -> thought.append(reasoning.text());
                case Piece.Text said -> text.append(said.text());
                case Piece.Sorted sorted -> throw new AssertionError(sorted);
              }
            });
    GenerationResult straight = backend.generate(asking("Why", false), piece -> {});

    assertThat(thought.toString()).isEqualTo("Mm");
    assertThat(text.toString()).isEqualTo("Zz.");
    assertThat(straight.promptTokens() - thinking.promptTokens())
        .isEqualTo("\n</think>\n\n".length());
  }

  @Test
  void what_the_prompt_leaves_of_the_context_is_the_most_that_is_written() throws Exception {
    TinyModels.speaking().write(model);
    NativeBackend backend = TinyModels.ready(open());
    int left = 50;
    int frame = 3 + "Answer.".length() + "?".length();

    GenerationResult completion =
        backend.generate(asking("x".repeat(CONTEXT - frame - left) + "?"), piece -> {});

    assertThat(completion).isEqualTo(new GenerationResult(Finish.LENGTH, CONTEXT - left, left));
  }

  @Test
  void the_context_is_never_larger_than_the_model_was_trained_for() throws Exception {
    TinyModels.speaking().context(700).write(model);

    NativeBackend backend = TinyModels.ready(open());

    assertThat(backend.model().contextTokens()).isEqualTo(700);
  }

  /** Does it once, in mid answer. */
  private static Consumer<Piece> afterSomeText(Runnable action) {
    AtomicInteger written = new AtomicInteger();
    return piece -> {
      int before = written.getAndAdd(((Piece.Text) piece).text().length());
      if (before < 20 && written.get() >= 20) {
        action.run();
      }
    };
  }

  private static Prompt endless() {
    return asking("On and on?", false, ENDLESS_TOKENS);
  }

  private NativeBackend open() {
    return open(CONTEXT);
  }

  private NativeBackend open(int contextTokens) {
    NativeBackend backend = TinyModels.open(model, contextTokens, 1, folder.resolve("tmp"));
    opened.add(backend);
    return backend;
  }

  private static String answer(NativeBackend backend, String question) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    backend.generate(asking(question), piece -> text.append(((Piece.Text) piece).text()));
    return text.toString();
  }

  private static Prompt asking(String question) {
    return asking(question, false);
  }

  private static Prompt asking(String question, boolean reasoning) {
    return asking(question, reasoning, 1_024);
  }

  private static Prompt asking(String question, boolean reasoning, int tokens) {
    return new Prompt(
        "Answer.",
        List.of(),
        question,
        List.of(),
        reasoning,
        new Prompt.Limits(tokens, tokens, Duration.ofMinutes(5)));
  }

  private static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
