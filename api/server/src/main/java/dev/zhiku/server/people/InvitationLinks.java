package dev.zhiku.server.people;

import dev.zhiku.server.http.OwnAddresses;
import dev.zhiku.server.http.ServerConfig;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Set;

/**
 * Addresses at which an invitation is opened. Its word stands behind the {@code #}: browsers send
 * that to nobody, so that it is in no log.
 */
final class InvitationLinks {
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

  private final ServerConfig server;

  InvitationLinks(ServerConfig server) {
    this.server = server;
  }

  /** The likeliest first; the public URL alone where there is one. */
  List<String> of(String token, HttpRequest<?> request) {
    return bases(request).stream().map(base -> base + "/invite#" + token).toList();
  }

  private List<String> bases(HttpRequest<?> request) {
    if (server.publicUrl().isPresent()) {
      String url = server.publicUrl().get().toString();
      return List.of(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }
    String scheme = server.tls().certificate().isPresent() ? "https://" : "http://";
    if (EVERY_ADDRESS.contains(server.host())) {
      int port = request.getServerAddress().getPort();
      List<String> own =
          OwnAddresses.inTheNetwork().stream()
              .map(address -> scheme + address + ":" + port)
              .toList();
      if (!own.isEmpty()) {
        return own;
      }
    }
    return List.of(scheme + request.getHeaders().findFirst(HttpHeaders.HOST).orElse(server.host()));
  }
}
