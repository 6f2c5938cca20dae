package dev.zhiku.generators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.answering.chat.Piece;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the contract about servers that are busy or refuse a prompt. */
abstract class RefusedPromptsContract extends BrokenAnswersContract {
  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void a_busy_server_is_asked_again_when_it_says(int status) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    List<Piece> pieces = new ArrayList<>();
    long begin = System.nanoTime();

    backend(
            chatting(
                exchange -> {
                  if (asked.incrementAndGet() == 1) {
                    exchange.reply(
                        status, "application/json", "{\"error\":\"busy\"}", "Retry-After: 1");
                  } else {
                    says(wire().content("now"), wire().done("stop", 1, 1)).play(exchange);
                  }
                }),
            TIMEOUTS)
        .generate(answerable(), pieces::add);

    assertThat(pieces).containsExactly(new Piece.Text("now"));
    assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(950).toNanos());
  }

  @Test
  void a_server_that_stays_busy_is_not_asked_for_ever() throws Exception {
    FakeModelServer server =
        chatting(exchange -> exchange.reply(503, "text/plain", "busy", "Retry-After: 3600"));

    assertThatThrownBy(() -> backend(server, TIMEOUTS).generate(answerable(), piece -> {}))
        .isInstanceOf(ChatException.Overloaded.class);
  }

  @Test
  void a_redirect_is_refused_and_not_followed() throws Exception {
    AtomicInteger elsewhere = new AtomicInteger();
    FakeModelServer other =
        FakeModelServer.start((request, exchange) -> elsewhere.incrementAndGet());
    opened.add(other);
    FakeModelServer server =
        chatting(
            exchange ->
                exchange.reply(307, "text/plain", "", "Location: " + other.uri() + "/api/chat"));

    assertThatThrownBy(() -> backend(server, TIMEOUTS).generate(answerable(), piece -> {}))
        .isInstanceOf(ChatException.Refused.class);
    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void each_refusal_is_told_for_what_it_is() throws Exception {
    assertThat(refusal(401, "{\"error\":\"no key\"}")).isInstanceOf(ChatException.Refused.class);
    assertThat(refusal(403, "forbidden")).isInstanceOf(ChatException.Refused.class);
    assertThat(refusal(404, "{\"error\":\"model not found\"}"))
        .isInstanceOf(ChatException.ModelMissing.class);
    assertThat(refusal(400, "{\"error\":\"maximum context length exceeded\"}"))
        .isInstanceOf(ChatException.PromptTooLong.class);
    assertThat(refusal(500, "<html>oops</html>")).isInstanceOf(ChatException.Broken.class);
  }

  @Test
  void what_a_refusal_says_to_people_is_shown_without_the_protocol_around_it() throws Exception {
    String error = wire().error("out of memory").strip().replaceFirst("^data: ", "");

    assertThat(refusal(500, error))
        .isInstanceOf(ChatException.Broken.class)
        .hasMessage("The model server answered 500: out of memory");
    assertThat(refusal(400, wire().tooLong()))
        .isInstanceOf(ChatException.PromptTooLong.class)
        .message()
        .doesNotContain("{");
  }

  @Test
  void a_prompt_refused_for_its_length_makes_the_next_estimate_larger() throws Exception {
    ChatBackend backend =
        backend(
            chatting(exchange -> exchange.reply(400, "application/json", wire().tooLong())),
            TIMEOUTS);
    String text = "How many days of leave are there? ".repeat(20);
    int before = backend.countTokens(text);

    assertThatThrownBy(() -> backend.generate(answerable(), piece -> {}))
        .isInstanceOf(ChatException.PromptTooLong.class);

    assertThat(backend.countTokens(text)).isGreaterThan(before);
  }

  private Throwable refusal(int status, String body) throws Exception {
    ChatBackend backend =
        backend(chatting(exchange -> exchange.reply(status, "text/plain", body)), TIMEOUTS);
    try {
      backend.generate(answerable(), piece -> {});
      throw new AssertionError("answered in spite of " + status);
    } catch (ChatException e) {
      return e;
    }
  }
}
