package dev.zhiku.app.wiring;

import dev.zhiku.app.start.KeyStoreFile;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.ollama.OllamaApiConfig;
import java.util.HashMap;
import java.util.Map;

/** What the HTTP server underneath is told, from {@code zhiku.server}. */
final class ServerProperties {
  private ServerProperties() {}

  static Map<String, Object> of(ServerConfig server, OllamaApiConfig ollama) {
    Map<String, Object> properties = new HashMap<>();
    if (ollama.isOn()) {
      properties.put(OllamaApiConfig.PROPERTY, ollama.port());
    }
    properties.put("micronaut.server.host", server.host());
    properties.put("micronaut.server.port", server.port());
    if (server.tls().isOn()) {
      properties.put("micronaut.server.ssl.enabled", true);
      properties.put("micronaut.server.ssl.port", server.port());
      properties.putAll(keyStore(server.tls()));
    }
    return properties;
  }

  private static Map<String, Object> keyStore(ServerConfig.Tls tls) {
    String prefix = "micronaut.server.ssl.key-store.";
    Map<String, Object> properties = new HashMap<>();
    tls.certificate()
        .ifPresent(file -> properties.put(prefix + "certificate-path", "file:" + file));
    tls.key().ifPresent(file -> properties.put(prefix + "key-path", "file:" + file));
    tls.keyStore().ifPresent(file -> properties.put(prefix + "path", "file:" + file));
    tls.passwordFile()
        .ifPresent(
            file -> {
              properties.put(prefix + "type", "PKCS12");
              properties.put(prefix + "password", KeyStoreFile.password(file));
            });
    return properties;
  }

  /**
   * Where people of this machine find the page.
   *
   * @param port that was taken
   */
  static String url(ServerConfig server, int port) {
    String scheme = server.tls().isOn() ? "https" : "http";
    String host =
        switch (server.host()) {
          case "0.0.0.0", "::", "[::]" -> "127.0.0.1";
          default -> server.host();
        };
    boolean bare = host.contains(":") && !host.startsWith("[");
    return scheme + "://" + (bare ? "[" + host + "]" : host) + ":" + port;
  }
}
