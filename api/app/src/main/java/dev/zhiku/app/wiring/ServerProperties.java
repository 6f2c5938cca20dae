package dev.zhiku.app.wiring;

import dev.zhiku.server.http.ServerConfig;
import java.util.HashMap;
import java.util.Map;

/** What the HTTP server underneath is told, from {@code zhiku.server}. */
final class ServerProperties {
  private ServerProperties() {}

  static Map<String, Object> of(ServerConfig server) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.server.host", server.host());
    properties.put("micronaut.server.port", server.port());
    server
        .tls()
        .certificate()
        .ifPresent(
            certificate -> {
              properties.put("micronaut.server.ssl.enabled", true);
              properties.put("micronaut.server.ssl.port", server.port());
              properties.put(
                  "micronaut.server.ssl.key-store.certificate-path", "file:" + certificate);
            });
    server
        .tls()
        .key()
        .ifPresent(key -> properties.put("micronaut.server.ssl.key-store.key-path", "file:" + key));
    return properties;
  }

  /**
   * Where people of this machine find the page.
   *
   * @param port that was taken
   */
  static String url(ServerConfig server, int port) {
    String scheme = server.tls().certificate().isPresent() ? "https" : "http";
    String host =
        switch (server.host()) {
          case "0.0.0.0", "::", "[::]" -> "127.0.0.1";
          default -> server.host();
        };
    boolean bare = host.contains(":") && !host.startsWith("[");
    return scheme + "://" + (bare ? "[" + host + "]" : host) + ":" + port;
  }
}
