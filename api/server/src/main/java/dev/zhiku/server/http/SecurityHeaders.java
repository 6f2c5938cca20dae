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
  private static final String FRAMES = "X-Frame-Options";

  private final Map<String, String> headers = new LinkedHashMap<>();

  SecurityHeaders(String contentSecurityPolicy, boolean tls) {
    headers.put("Content-Security-Policy", contentSecurityPolicy);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(FRAMES, "DENY");
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

  /** Whether a policy of its own names pages that may show it; the older header knows none. */
  private static boolean mayBeShown(HttpHeaders response) {
    String policy = response.get("Content-Security-Policy", "");
    return policy.contains("frame-ancestors") && !policy.contains("frame-ancestors 'none'");
  }

  private void addTo(HttpHeaders response) {
    headers.forEach(
        (name, value) -> {
          if (!response.contains(name) && !(name.equals(FRAMES) && mayBeShown(response))) {
            response.set(name, value);
          }
        });
  }
}
