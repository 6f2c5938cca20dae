package dev.zhiku.server.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;

/** The connection that a request came on. */
public final class ClientConnection {
  private final HttpRequest<?> request;

  public ClientConnection(HttpRequest<?> request) {
    this.request = request;
  }

  /**
   * Runs the action if the client goes away before the watch is ended; at once if it has gone.
   *
   * @param action short and not blocking; may run on any thread
   */
  public Watch onClose(Runnable action) {
    if (!(request instanceof NettyHttpRequest<?> netty)) {
      return () -> {};
    }
    Channel channel = netty.getChannelHandlerContext().channel();
    GenericFutureListener<Future<? super Void>> listener = closed -> action.run();
    channel.closeFuture().addListener(listener);
    return () -> channel.closeFuture().removeListener(listener);
  }

  /** Ends with the request. */
  public interface Watch {
    /** The client may go away now. */
    void end();
  }
}
