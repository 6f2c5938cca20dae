package dev.zhiku.server.http;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds to each connection what has to see every byte that comes and every response that goes. */
@Singleton
final class EdgePipeline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private final SecurityHeaders headers;
  private final ConnectionLimit connections;

  EdgePipeline(
      ServerConfig server, ClientDescriptors descriptors, BeanProvider<ProblemResponses> problems) {
    headers = new SecurityHeaders(PagePolicy.packaged(), server.tls().isOn());
    List<AddressRange> proxies =
        server.trustedProxies().stream()
            .map(AddressRange::parse)
            .flatMap(Optional::stream)
            .toList();
    connections =
        new ConnectionLimit(
            descriptors, proxies, (problem, locale) -> problems.get().body(problem, locale));
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new Connection(null));
    return event.getBean();
  }

  private final class Connection implements NettyServerCustomizer {
    private final @Nullable Channel channel;

    Connection(@Nullable Channel channel) {
      this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel next, ChannelRole role) {
      return new Connection(next);
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel == null) {
        return;
      }
      ChannelPipeline pipeline = channel.pipeline();
      String inbound = ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND;
      pipeline.addBefore(inbound, "zhiku-request-forms", new RequestForms());
      pipeline.addBefore(inbound, "zhiku-stalled-reader", new StalledReaderGuard());
      pipeline.addBefore(inbound, "zhiku-slow-client", new SlowClientGuard());
      pipeline.addBefore(inbound, "zhiku-unread-body", new UnreadBodyGuard());
      pipeline.addBefore(inbound, "zhiku-security-headers", headers);
      pipeline.addBefore(inbound, "zhiku-connection-limit", connections.gate());
    }
  }
}
