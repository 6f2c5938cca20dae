package dev.zhiku.answering.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every generator does. */
public abstract class ChatBackendContract {
  protected static final Prompt.Limits LIMITS =
      new Prompt.Limits(1_024, 1_024, Duration.ofMinutes(2));
  private ChatBackend backend;

  /** One that answers {@link #answerable()}. */
  protected abstract ChatBackend create();

  /** A question with the passage that answers it. */
  protected static Prompt answerable() {
    return prompt("年假有几天？", "正式员工每年享有 15 天带薪年假。");
  }

  protected static Prompt prompt(String question, String... texts) {
    List<Prompt.Source> sources = new ArrayList<>();
    for (String text : texts) {
      sources.add(new Prompt.Source(sources.size() + 1, "员工手册", text, 1.0 / (sources.size() + 1)));
    }
    return new Prompt("Answer.", List.of(), question, sources, false, LIMITS);
  }

  @BeforeEach
  void open() {
    backend = create();
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void it_is_ready_and_says_what_it_is() {
    assertThat(backend.health()).isInstanceOf(ChatBackend.Health.Ready.class);
    assertThat(backend.model().backend()).matches("[a-z]+");
  }

  @Test
  void pieces_come_on_the_calling_thread_and_none_is_empty() throws Exception {
    List<Piece> pieces = new ArrayList<>();
    Thread caller = Thread.currentThread();

    GenerationResult completion =
        backend.generate(
            answerable(),
            piece -> {
              assertThat(Thread.currentThread()).isSameAs(caller);
              pieces.add(piece);
            });

    assertThat(pieces).isNotEmpty();
    for (Piece piece : pieces) {
      assertThat(piece)
          .isInstanceOfSatisfying(Piece.Text.class, p -> assertThat(p.text()).isNotEmpty());
    }
    assertThat(completion.finish()).isEqualTo(GenerationResult.Finish.STOP);
    assertThat(completion.promptTokens()).isPositive();
    assertThat(completion.completionTokens()).isPositive();
  }

  @Test
  void an_interrupted_caller_gets_no_answer() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> backend.generate(answerable(), piece -> {}))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void what_the_sink_throws_comes_out() {
    IllegalStateException full = new IllegalStateException("full");

    assertThatThrownBy(
            () ->
                backend.generate(
                    answerable(),
                    piece -> {
                      throw full;
                    }))
        .isSameAs(full);
  }

  @Test
  void tokens_are_counted_from_above() {
    assertThat(backend.countTokens("")).isZero();
    assertThat(backend.countTokens("four words of text")).isGreaterThanOrEqualTo(4);
  }
}
