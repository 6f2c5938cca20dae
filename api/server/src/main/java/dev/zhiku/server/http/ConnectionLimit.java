package dev.zhiku.server.http;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Refuses connections beyond a number, so that idle ones cannot take the descriptors that the index
 * and the catalogue need, and beyond a lower one from the same address, so that nobody takes those
 * of all others. A refused one gets 503 to its request and is closed; one without a request is
 * closed after a moment. Thread-safe.
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

  /** The share of one address in all connections: one of so many, but never below the least. */
  private static final int SHARE_OF_ADDRESS = 4;

  private final ClientDescriptors descriptors;
  private final List<AddressRange> shared;
  private final BiFunction<Problem, Locale, byte[]> refusal;
  private final int mostOfAddress;
  private final ConcurrentMap<InetAddress, Integer> ofAddress = new ConcurrentHashMap<>();

  /**
   * @param shared addresses behind which many may be, such as a trusted proxy's: not limited
   * @param refusal body of the 503
   */
  ConnectionLimit(
      ClientDescriptors descriptors,
      List<AddressRange> shared,
      BiFunction<Problem, Locale, byte[]> refusal) {
    this.descriptors = descriptors;
    this.shared = List.copyOf(shared);
    this.refusal = refusal;
    this.mostOfAddress = Math.max(LEAST, descriptors.most() / SHARE_OF_ADDRESS);
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
    private Optional<Problem> refused = Optional.empty();

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      boolean oneTooMany = !descriptors.count();
      Optional<InetAddress> address = limited(context.channel().remoteAddress());
      boolean ofOneTooMany =
          address.isPresent() && ofAddress.merge(address.get(), 1, Integer::sum) > mostOfAddress;
      var unused =
          context
              .channel()
              .closeFuture()
              .addListener(
                  closed -> {
                    descriptors.release();
                    address.ifPresent(ConnectionLimit.this::release);
                  });
      if (oneTooMany) {
        refused = Optional.of(new Problem(ProblemCode.TOO_MANY_CONNECTIONS, descriptors.most()));
      } else if (ofOneTooMany) {
        refused =
            Optional.of(
                new Problem(
                    ProblemCode.TOO_MANY_CONNECTIONS,
                    mostOfAddress,
                    ServerText.of("of-this-address")));
      }
      if (refused.isPresent()) {
        var unusedClosing =
            context
                .executor()
                .schedule(() -> close(context), REFUSED_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (refused.isEmpty()) {
        super.channelRead(context, message);
        return;
      }
      try {
        if (message instanceof HttpRequest request) {
          var unused =
              context
                  .writeAndFlush(response(refused.get(), request))
                  .addListener(ChannelFutureListener.CLOSE);
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private FullHttpResponse response(Problem problem, HttpRequest request) {
      @Nullable String languages = request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE);
      Locale locale = AcceptedLanguage.of(languages == null ? "" : languages);
      byte[] body = refusal.apply(problem, locale);
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

  private Optional<InetAddress> limited(SocketAddress peer) {
    return peer instanceof InetSocketAddress known
        ? Optional.ofNullable(known.getAddress())
            .filter(address -> shared.stream().noneMatch(range -> range.contains(address)))
        : Optional.empty();
  }

  private void release(InetAddress address) {
    ofAddress.computeIfPresent(address, (a, open) -> open == 1 ? null : Integer.valueOf(open - 1));
  }

  private static void close(ChannelHandlerContext context) {
    var unused = context.close();
  }
}
