package dev.zhiku.server.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The open connections by what they were let in with, so that all that streams through them ends
 * with it. A connection counts for the last request that came on it. Thread-safe.
 */
public final class CredentialConnections {
  /** What ends later is looked at again by the next request, of which there is one by then. */
  private static final Duration WATCHED = Duration.ofDays(1);

  private final Map<Channel, Held> open = new ConcurrentHashMap<>();

  private record Held(String credential, Optional<ScheduledFuture<?>> end) {
    void forget() {
      end.ifPresent(timer -> timer.cancel(false));
    }
  }

  /**
   * Notes what a request was let in with.
   *
   * @param credential empty if it is nothing that can end
   * @param left until it ends by itself, if it does
   */
  public void carries(HttpRequest<?> request, String credential, Optional<Duration> left) {
    Channel channel = channel(request);
    if (channel == null) {
      return;
    }
    if (credential.isEmpty()) {
      replaced(open.remove(channel));
      return;
    }
    Held now =
        new Held(
            credential,
            left.filter(time -> time.compareTo(WATCHED) < 0).map(time -> closing(channel, time)));
    Held before = open.put(channel, now);
    if (before == null) {
      channel.closeFuture().addListener(closed -> replaced(open.remove(channel)));
    } else {
      before.forget();
    }
  }

  private static ScheduledFuture<?> closing(Channel channel, Duration left) {
    Runnable close = () -> close(channel);
    return channel.eventLoop().schedule(close, left.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void close(Channel channel) {
    var unused = channel.close();
  }

  private static void replaced(@Nullable Held before) {
    if (before != null) {
      before.forget();
    }
  }

  /**
   * Closes every connection that was let in with one of these, but for the one that asks for it.
   */
  public void cut(Set<String> credentials, HttpRequest<?> asking) {
    Channel own = channel(asking);
    open.forEach(
        (channel, held) -> {
          if (credentials.contains(held.credential()) && channel != own) {
            close(channel);
          }
        });
  }

  private static @Nullable Channel channel(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> netty
        ? netty.getChannelHandlerContext().channel()
        : null;
  }
}
