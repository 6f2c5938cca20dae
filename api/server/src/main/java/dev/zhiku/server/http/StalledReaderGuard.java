package dev.zhiku.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client takes nothing of what waits for it: a download or a stream that
 * nobody reads holds a file and memory. Silence of our own is none of the client's. One per
 * connection, used on its event loop only.
 */
final class StalledReaderGuard extends IdleStateHandler {
  /** Longest time in which not one byte is taken. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  StalledReaderGuard() {
    this(PATIENCE);
  }

  StalledReaderGuard(Duration patience) {
    super(true, 0, patience.toMillis() / 2, 0, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
    // The first look only notes how much has been taken: a second one without change tells.
    if (event.state() == IdleState.WRITER_IDLE && !event.isFirst() && waits(context.channel())) {
      var unused = context.close();
    }
  }

  private static boolean waits(Channel channel) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting != null && waiting.totalPendingWriteBytes() > 0;
  }
}
