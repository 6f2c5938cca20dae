package dev.zhiku.server.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Refuses connections beyond a number, so that idle ones cannot take the descriptors that the index
 * and the catalogue need (F10). A refused one gets 503 to its request and is closed; one without a
 * request is closed after a moment. Thread-safe.
 */
public final class ConnectionLimit {
  /** However many the system allows: each costs memory too. */
  static final int MOST = 12_000;

  /** Descriptors that are not for connections: libraries, index, catalogue, pipes, files read. */
  public static final int RESERVED_DESCRIPTORS = 400;

  /** With fewer nobody could work: a page opens six, and an intranet system its own. */
  static final int LEAST = 64;

  /** Open files without which the service does not start. */
  public static final int LEAST_DESCRIPTORS = RESERVED_DESCRIPTORS + LEAST;

  /** How long a refused connection may take to send its request. */
  static final Duration REFUSED_WAIT = Duration.ofSeconds(1);

  private final int most;
  private final Function<Locale, byte[]> refusal;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param refusal body of the 503
   */
  ConnectionLimit(int most, Function<Locale, byte[]> refusal) {
    this.most = most;
    this.refusal = refusal;
  }

  /** How many files, pipes and sockets the system lets this process have open at once. */
  public static long descriptors() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /** As many as so many descriptors leave for connections. */
  static int of(long descriptors) {
    return Math.clamp(descriptors - RESERVED_DESCRIPTORS, LEAST, MOST);
  }

  /** Counts one connection; refuses it if it is one too many. */
  Gate gate() {
    return new Gate();
  }

  /** Stands in the pipeline of one connection, used on its event loop only. */
  final class Gate extends ChannelInboundHandlerAdapter {
    private boolean refused;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      refused = open.incrementAndGet() > most;
      var unused = context.channel().closeFuture().addListener(closed -> open.decrementAndGet());
      if (refused) {
        var unusedClosing =
            context
                .executor()
                .schedule(() -> close(context), REFUSED_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (!refused) {
        super.channelRead(context, message);
        return;
      }
      try {
        if (message instanceof HttpRequest request) {
          var unused =
              context.writeAndFlush(response(request)).addListener(ChannelFutureListener.CLOSE);
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private FullHttpResponse response(HttpRequest request) {
      @Nullable String languages = request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE);
      byte[] body = refusal.apply(AcceptedLanguage.of(languages == null ? "" : languages));
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.SERVICE_UNAVAILABLE,
              Unpooled.wrappedBuffer(body));
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, ProblemResponses.MEDIA_TYPE.toString())
          .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
          .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
          .set(HttpHeaderNames.RETRY_AFTER, ProblemResponses.DEFAULT_WAIT_SECONDS)
          .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      return response;
    }
  }

  private static void close(ChannelHandlerContext context) {
    var unused = context.close();
  }
}
