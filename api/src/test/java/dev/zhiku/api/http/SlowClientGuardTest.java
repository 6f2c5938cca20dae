package dev.zhiku.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slow clients, and what they may not hold on to. */
class SlowClientGuardTest {
  private static final Duration IN_REQUEST = Duration.ofSeconds(10);
  private static final Duration BETWEEN = Duration.ofSeconds(75);
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @BeforeEach
  void connect() {
    channel.config().setAutoRead(false);
    channel.freezeTime();
    channel.pipeline().addLast(new SlowClientGuard(IN_REQUEST, BETWEEN));
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void who_connects_and_sends_nothing_is_cut_off() {
    pass(IN_REQUEST.minusSeconds(1));
    assertThat(channel.isOpen()).isTrue();

    pass(Duration.ofSeconds(1));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void who_stops_in_the_middle_of_a_body_is_cut_off() {
    begin();
    channel.read();
    pass(IN_REQUEST);

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void who_sends_a_body_byte_by_byte_is_cut_off() {
    begin();
    for (int i = 0; i < 12 && channel.isOpen(); i++) {
      channel.read();
      pass(Duration.ofSeconds(1));
      if (channel.isOpen()) {
        body(1);
      }
    }

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void who_sends_steadily_may_take_long() {
    begin();
    for (int i = 0; i < 60; i++) {
      channel.read();
      pass(IN_REQUEST.minusSeconds(1));
      body(SlowClientGuard.MIN_BYTES);
    }

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void a_pause_of_our_own_is_not_held_against_the_client() {
    begin();
    body(SlowClientGuard.MIN_BYTES);
    pass(Duration.ofMinutes(5));

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void an_answer_may_take_as_long_as_it_takes_and_then_the_connection_may_rest() {
    begin();
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    channel.read();
    pass(Duration.ofMinutes(15));
    assertThat(channel.isOpen()).isTrue();

    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    pass(BETWEEN.minusSeconds(1));
    assertThat(channel.isOpen()).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(channel.isOpen()).isFalse();
  }

  private void begin() {
    channel.writeInbound(
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/documents"));
  }

  private void body(int bytes) {
    channel.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[bytes])));
  }

  private void pass(Duration time) {
    channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }
}
