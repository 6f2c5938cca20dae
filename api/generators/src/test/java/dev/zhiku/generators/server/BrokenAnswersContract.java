package dev.zhiku.generators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.GenerationResult;
import dev.zhiku.answering.chat.GenerationResult.Finish;
import dev.zhiku.answering.chat.Piece;
import dev.zhiku.answering.chat.Prompt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the contract about answers that stall, break off, or do not end. */
abstract class BrokenAnswersContract extends ModelServerFixture {
  @Test
  void a_first_piece_that_does_not_come_has_its_own_limit() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    ChatBackend backend =
        backend(
            chatting(
                exchange -> {
                  asked.countDown();
                  exchange.hang(gone);
                }),
            new Timeouts(Duration.ofMillis(300), PATIENCE));

    do { // On a busy machine the limit may be over before the server was asked.
      assertThatThrownBy(() -> backend.generate(answerable(), piece -> {}))
          .isInstanceOf(ChatException.TimedOut.class)
          .hasMessageContaining("first piece");
    } while (asked.getCount() > 0);

    assertComesDown(gone);
  }

  @Test
  void a_model_that_stops_in_mid_answer_is_given_the_idle_time_and_no_more() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    List<Piece> pieces = new ArrayList<>();
    ChatBackend backend =
        backend(
            chatting(
                exchange -> {
                  exchange.stream(wire().streamType());
                  exchange.chunk(wire().content("Fif"));
                  exchange.hang(gone);
                }),
            new Timeouts(PATIENCE, Duration.ofMillis(300)));

    assertThatThrownBy(() -> backend.generate(answerable(), pieces::add))
        .isInstanceOf(ChatException.TimedOut.class)
        .hasMessageContaining("next piece");

    assertThat(pieces).containsExactly(new Piece.Text("Fif"));
    assertComesDown(gone);
  }

  @Test
  void comments_do_not_stretch_the_time_for_a_piece() throws Exception {
    ChatBackend backend =
        backend(
            chatting(
                exchange -> {
                  exchange.stream(wire().streamType());
                  while (true) {
                    exchange.chunk(wire().comment());
                    exchange.pause(50);
                  }
                }),
            new Timeouts(Duration.ofMillis(400), PATIENCE));

    assertThatThrownBy(() -> backend.generate(answerable(), piece -> {}))
        .isInstanceOf(ChatException.TimedOut.class);
  }

  @Test
  void the_whole_answer_has_a_deadline() throws Exception {
    ChatBackend backend = backend(answeringForEver(wire().content("on ")), TIMEOUTS);
    Prompt hurried =
        new Prompt(
            "Answer.",
            List.of(),
            "How long?",
            answerable().passages(),
            false,
            new Prompt.Limits(100_000, 100_000, Duration.ofMillis(400)));

    assertThatThrownBy(() -> backend.generate(hurried, piece -> {}))
        .isInstanceOf(ChatException.TimedOut.class)
        .hasMessageContaining("whole answer");
  }

  @Test
  void a_connection_that_is_cut_keeps_what_was_said() throws Exception {
    List<Piece> pieces = new ArrayList<>();
    CountDownLatch heard = new CountDownLatch(1);
    ChatBackend backend =
        backend(
            chatting(
                exchange -> {
                  exchange.stream(wire().streamType());
                  exchange.chunk(wire().content("Fif"));
                  heard.await();
                  exchange.cut();
                }),
            TIMEOUTS);

    assertThatThrownBy(
            () ->
                backend.generate(
                    answerable(),
                    piece -> {
                      pieces.add(piece);
                      heard.countDown();
                    }))
        .isInstanceOf(ChatException.Broken.class);

    assertThat(pieces).containsExactly(new Piece.Text("Fif"));
  }

  @Test
  void a_stream_that_ends_before_it_is_done_is_broken() throws Exception {
    ChatBackend backend = backend(answering(wire().content("Fif")), TIMEOUTS);

    assertThatThrownBy(() -> backend.generate(answerable(), piece -> {}))
        .isInstanceOf(ChatException.Broken.class)
        .hasMessageContaining("before the end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"choices\": [", "<html>", "[1]", "nothing", "\"text\""})
  void what_is_no_json_object_ends_the_answer(String garbage) throws Exception {
    ChatBackend backend = backend(answering(wire().content("Fif"), wire().raw(garbage)), TIMEOUTS);

    assertThatThrownBy(() -> backend.generate(answerable(), piece -> {}))
        .isInstanceOf(ChatException.Broken.class);
  }

  @Test
  void a_line_of_100_megabytes_fills_no_memory() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    ChatBackend backend =
        backend(
            chatting(
                exchange -> {
                  exchange.stream(wire().streamType());
                  for (int i = 0; i < 100; i++) {
                    exchange.chunk(megabyte);
                    sent.incrementAndGet();
                  }
                }),
            TIMEOUTS);

    assertThatThrownBy(() -> backend.generate(answerable(), piece -> {}))
        .isInstanceOf(ChatException.Broken.class)
        .hasMessageContaining("1 MiB");
    assertThat(sent.get()).isLessThan(50);
  }

  @Test
  void an_error_in_mid_stream_ends_the_answer_with_its_words() throws Exception {
    ChatBackend backend =
        backend(answering(wire().content("Fif"), wire().error("out of memory")), TIMEOUTS);

    assertThatThrownBy(() -> backend.generate(answerable(), piece -> {}))
        .isInstanceOf(ChatException.Broken.class)
        .hasMessageContaining("out of memory");
  }

  @Test
  void endless_reasoning_is_stopped_when_its_budget_is_used_up() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    ChatBackend backend =
        backend(
            chatting(
                exchange -> {
                  exchange.stream(wire().streamType());
                  try {
                    while (true) {
                      exchange.chunk(wire().reasoning("on and on "));
                    }
                  } finally {
                    gone.countDown();
                  }
                }),
            TIMEOUTS);

    GenerationResult completion = backend.generate(answerable(), piece -> {});

    assertThat(completion.finish()).isEqualTo(Finish.EXHAUSTED);
    assertComesDown(gone);
  }

  @Test
  void an_endless_answer_is_stopped_too() throws Exception {
    GenerationResult completion =
        backend(answeringForEver(wire().content("on and on ")), TIMEOUTS)
            .generate(answerable(), piece -> {});

    assertThat(completion.finish()).isEqualTo(Finish.LENGTH);
  }
}
