package dev.zhiku.server.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.URI;

/** The address that links to this service begin with, as the asker reaches it. Pure. */
public final class BaseAddress {
  private BaseAddress() {}

  /** The public URL where one is set, otherwise the host that the request names. */
  public static String of(ServerConfig server, HttpRequest<?> request) {
    String scheme = server.tls().isOn() ? "https://" : "http://";
    String url =
        server
            .publicUrl()
            .map(URI::toString)
            .orElseGet(() -> scheme + request.getHeaders().get(HttpHeaders.HOST));
    return url.replaceAll("/+$", "");
  }
}
