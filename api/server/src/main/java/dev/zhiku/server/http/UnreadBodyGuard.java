package dev.zhiku.server.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose request has been answered and whose body goes on: whoever was refused
 * need not be listened to. What is on its way is still taken, for a client that only reads after it
 * has sent would otherwise see a reset instead of the reason. An upload by somebody who may upload
 * is read to its end. One per connection, used on its event loop only.
 */
final class UnreadBodyGuard extends ChannelDuplexHandler {
  /** Most bytes of a body that are taken after the answer. */
  static final int MOST_BYTES = 1 << 20;

  /** Longest time that a body is taken after the answer. */
  static final Duration LONGEST = Duration.ofSeconds(2);

  private static final String UPLOADS = "/documents";

  /** Answers to those who may not upload, or not now. */
  private static final Set<Integer> REFUSED = Set.of(400, 401, 403, 429, 503);

  private boolean inBody;
  private boolean upload;
  private boolean answered;
  private boolean closing;
  private int unanswered;
  private int status;
  private long bytes;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (closing) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      unanswered++;
      inBody = true;
      answered = false;
      bytes = 0;
      upload = request.method().equals(HttpMethod.POST) && path(request.uri()).equals(UPLOADS);
    }
    if (message instanceof LastHttpContent) {
      inBody = false;
    } else if (answered && message instanceof HttpContent content) {
      bytes += content.content().readableBytes();
      if (bytes > MOST_BYTES) {
        ReferenceCountUtil.release(message);
        close(context);
        return;
      }
    }
    super.channelRead(context, message);
  }

  private static String path(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse response) {
      status = response.status().code();
      unanswered -= status >= 200 ? 1 : 0;
    }
    boolean early = message instanceof LastHttpContent && unanswered == 0 && inBody;
    if (early && (!upload || REFUSED.contains(status))) {
      answered = true;
      var unused =
          context
              .executor()
              .schedule(() -> closeIfStill(context), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }
    super.write(context, message, promise);
  }

  private void closeIfStill(ChannelHandlerContext context) {
    if (inBody && answered) {
      close(context);
    }
  }

  private void close(ChannelHandlerContext context) {
    closing = true;
    var unused = context.close();
  }
}
