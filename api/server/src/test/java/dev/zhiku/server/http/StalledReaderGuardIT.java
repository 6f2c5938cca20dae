package dev.zhiku.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who downloads and does not read. */
@Tag("long")
@Timeout(300)
class StalledReaderGuardIT {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int FAR_TOO_MANY_BYTES = 64 << 20;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void stop() {
    var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** Sends so many bytes to whoever connects. */
  private InetSocketAddress serve(int bytes) throws InterruptedException {
    Channel server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new StalledReaderGuard(PATIENCE), new Sender(bytes));
                    var unused = channel.closeFuture().addListener(done -> closed.countDown());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    return (InetSocketAddress) server.localAddress();
  }

  private static final class Sender extends ChannelInboundHandlerAdapter {
    private final int bytes;

    Sender(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      var unused = context.writeAndFlush(Unpooled.wrappedBuffer(new byte[bytes]));
    }
  }

  @Test
  void who_takes_nothing_is_cut_off() throws Exception {
    InetSocketAddress address = serve(FAR_TOO_MANY_BYTES);
    try (Socket reader = new Socket(address.getAddress(), address.getPort())) {
      assertThat(reader.isConnected()).isTrue();
      assertThat(closed.await(2, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void who_takes_a_little_now_and_then_is_not() throws Exception {
    InetSocketAddress address = serve(FAR_TOO_MANY_BYTES);
    try (Socket reader = new Socket(address.getAddress(), address.getPort());
        InputStream in = reader.getInputStream()) {
      for (int i = 0; i < 30; i++) {
        in.readNBytes(1 << 20);
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(closed.getCount()).isOne();
    }
  }

  @Test
  void silence_of_the_server_is_not_held_against_the_reader() throws Exception {
    InetSocketAddress address = serve(1);
    try (Socket reader = new Socket(address.getAddress(), address.getPort())) {
      assertThat(reader.getInputStream().read()).isZero();
      assertThat(closed.await(PATIENCE.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS))
          .isFalse();
    }
  }
}
