package dev.zhiku.server.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose client keeps us waiting in the middle of a request. Waiting for an
 * answer of ours may take as long as it takes; a connection without a request may rest longer. One
 * per connection, used on its event loop only.
 */
final class SlowClientGuard extends ChannelDuplexHandler {
  /**
   * Longest silence inside a request, and longest time from connecting to the end of its headers.
   */
  static final Duration IN_REQUEST = Duration.ofSeconds(10);

  /** Fewer bytes of a body than this do not count as a sign of life. */
  static final int MIN_BYTES = 4_096;

  /** Longest rest between two requests. */
  static final Duration BETWEEN = Duration.ofSeconds(10);

  private final Duration inRequest;
  private final Duration between;
  private boolean inBody;
  private int bytes;
  private int unanswered;
  private @Nullable Future<?> alarm;

  SlowClientGuard() {
    this(IN_REQUEST, BETWEEN);
  }

  SlowClientGuard(Duration inRequest, Duration between) {
    this.inRequest = inRequest;
    this.between = between;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    waitFor(context, inRequest);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stopWaiting();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest) {
      unanswered++;
      inBody = true;
      bytes = MIN_BYTES;
    }
    if (message instanceof HttpContent content) {
      bytes += content.content().readableBytes();
    }
    if (message instanceof LastHttpContent) {
      inBody = false;
    }
    if (!inBody || bytes >= MIN_BYTES) {
      stopWaiting();
      bytes = 0;
    }
    super.channelRead(context, message);
  }

  /** The server asks for more: only now is it the client who keeps us waiting. */
  @Override
  public void read(ChannelHandlerContext context) throws Exception {
    if (inBody && alarm == null) {
      waitFor(context, inRequest);
    }
    super.read(context);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse response && response.status().code() >= 200) {
      unanswered--;
    }
    if (message instanceof LastHttpContent && unanswered == 0 && !inBody) {
      waitFor(context, between);
    }
    super.write(context, message, promise);
  }

  private void waitFor(ChannelHandlerContext context, Duration longest) {
    stopWaiting();
    alarm =
        context
            .executor()
            .schedule(() -> close(context), longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void close(ChannelHandlerContext context) {
    var unused = context.close();
  }

  private void stopWaiting() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }
}
