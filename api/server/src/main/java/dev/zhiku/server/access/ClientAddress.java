package dev.zhiku.server.access;

import dev.zhiku.server.http.AddressRange;
import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where a request comes from: the other end of its connection, or, where that is a trusted proxy,
 * the last address in {@code X-Forwarded-For} that is none. What stands before that one anybody can
 * have written.
 */
final class ClientAddress {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final List<AddressRange> proxies;

  /**
   * @param proxies addresses and ranges as text, IPv4 or IPv6
   */
  ClientAddress(List<String> proxies) {
    this.proxies = proxies.stream().map(AddressRange::parse).flatMap(Optional::stream).toList();
  }

  InetAddress of(HttpRequest<?> request) {
    InetAddress client = request.getRemoteAddress().getAddress();
    List<String> hops =
        request.getHeaders().getAll(FORWARDED_FOR).stream()
            .flatMap(value -> List.of(value.split(",", -1)).stream())
            .toList();
    for (String hop : hops.reversed()) {
      Optional<InetAddress> before = AddressRange.address(hop);
      if (before.isEmpty() || !isTrusted(client)) {
        break;
      }
      client = before.get();
    }
    return client;
  }

  /** Whether a trusted proxy is at the other end of the connection. */
  boolean isProxy(HttpRequest<?> request) {
    return isTrusted(request.getRemoteAddress().getAddress());
  }

  private boolean isTrusted(InetAddress address) {
    return proxies.stream().anyMatch(range -> range.contains(address));
  }
}
