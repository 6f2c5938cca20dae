package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** So many connections that no file could be opened any more. */
class ConnectionLimitTest {
  private static final int MOST = 2;
  private final List<EmbeddedChannel> channels = new ArrayList<>();
  private final ConnectionLimit limit =
      new ConnectionLimit(
          new ClientDescriptors(MOST),
          List.of(),
          (problem, locale) -> locale.getLanguage().getBytes(StandardCharsets.UTF_8));

  @AfterEach
  void close() {
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  private EmbeddedChannel connect() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.freezeTime();
    channel.pipeline().addLast(limit.gate());
    channels.add(channel);
    return channel;
  }

  /** A connection from an address. */
  private static final class Connection extends EmbeddedChannel {
    private final InetSocketAddress from;

    Connection(String from) {
      this.from = new InetSocketAddress(from, 1);
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return from;
    }
  }

  private EmbeddedChannel connect(ConnectionLimit among, String from) {
    EmbeddedChannel channel = new Connection(from);
    channel.freezeTime();
    channel.pipeline().addLast(among.gate());
    channels.add(channel);
    return channel;
  }

  private static ConnectionLimit shared(String... ranges) {
    return new ConnectionLimit(
        new ClientDescriptors(1_000),
        Stream.of(ranges).flatMap(range -> AddressRange.parse(range).stream()).toList(),
        (problem, locale) -> new byte[0]);
  }

  private static void ask(EmbeddedChannel channel) {
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    request.headers().set("Accept-Language", "zh");
    channel.writeInbound(request);
  }

  @Test
  void as_many_connections_as_are_allowed_pass() {
    for (int i = 0; i < MOST; i++) {
      EmbeddedChannel channel = connect();
      ask(channel);

      assertThat(channel.inboundMessages()).hasSize(1);
    }
  }

  @Test
  void one_more_gets_503_in_its_language_and_is_closed() {
    connect();
    connect();
    EmbeddedChannel refused = connect();
    ask(refused);

    assertThat(refused.inboundMessages()).isEmpty();
    FullHttpResponse response = refused.readOutbound();
    assertThat(response.status().code()).isEqualTo(503);
    assertThat(response.headers().get("Retry-After")).isNotNull();
    assertThat(response.content().toString(StandardCharsets.UTF_8)).isEqualTo("zh");
    assertThat(refused.isOpen()).isFalse();
    response.release();
  }

  @Test
  void one_more_that_asks_nothing_is_closed_after_a_moment() {
    connect();
    connect();
    EmbeddedChannel refused = connect();
    refused.advanceTimeBy(ConnectionLimit.REFUSED_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    refused.runScheduledPendingTasks();

    assertThat(refused.isOpen()).isFalse();
  }

  @Test
  void who_leaves_makes_room() {
    EmbeddedChannel first = connect();
    connect();
    var unused = first.close();
    EmbeddedChannel next = connect();
    ask(next);

    assertThat(next.inboundMessages()).hasSize(1);
  }

  @Test
  void one_address_gets_its_share_and_others_connect() {
    ConnectionLimit all = shared();
    for (int i = 0; i < 250; i++) {
      connect(all, "192.0.2.7");
    }
    EmbeddedChannel another = connect(all, "192.0.2.8");
    EmbeddedChannel oneMore = connect(all, "192.0.2.7");
    ask(another);
    ask(oneMore);

    assertThat(another.inboundMessages()).hasSize(1);
    assertThat(oneMore.inboundMessages()).isEmpty();
    FullHttpResponse response = oneMore.readOutbound();
    assertThat(response.status().code()).isEqualTo(503);
    response.release();
    var unused = channels.getFirst().close();
    EmbeddedChannel next = connect(all, "192.0.2.7");
    ask(next);
    assertThat(next.inboundMessages()).hasSize(1);
  }

  @Test
  void behind_a_trusted_proxy_are_many_and_its_address_is_not_limited() {
    ConnectionLimit all = shared("192.0.2.0/24");
    for (int i = 0; i < 300; i++) {
      connect(all, "192.0.2.7");
    }
    EmbeddedChannel oneMore = connect(all, "192.0.2.7");
    ask(oneMore);

    assertThat(oneMore.inboundMessages()).hasSize(1);
  }

  @Test
  void the_limit_leaves_the_stores_their_files() {
    assertThat(ConnectionLimit.of(1_024)).isEqualTo(624);
    assertThat(ConnectionLimit.of(ConnectionLimit.LEAST_DESCRIPTORS))
        .isEqualTo(ConnectionLimit.LEAST);
    assertThat(ConnectionLimit.of(Long.MAX_VALUE)).isEqualTo(ConnectionLimit.MOST);
  }
}
