package dev.zhiku.server.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts the security headers on every response as it leaves, also on those the server makes before
 * any route or filter runs. A header that a route has set itself stays.
 */
@Sharable
final class SecurityHeaders extends ChannelOutboundHandlerAdapter {
  private final Map<String, String> headers = new LinkedHashMap<>();

  SecurityHeaders(String contentSecurityPolicy, boolean tls) {
    headers.put("Content-Security-Policy", contentSecurityPolicy);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Cache-Control", "no-store");
    if (tls) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse response
        && !response.status().equals(HttpResponseStatus.CONTINUE)) {
      addTo(response.headers());
    }
    super.write(context, message, promise);
  }

  private void addTo(HttpHeaders response) {
    headers.forEach(
        (name, value) -> {
          if (!response.contains(name)) {
            response.set(name, value);
          }
        });
  }
}
