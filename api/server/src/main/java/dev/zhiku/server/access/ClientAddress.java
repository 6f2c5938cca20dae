package dev.zhiku.server.access;

import io.micronaut.http.HttpRequest;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the other end of its connection, or, where that is a trusted proxy,
 * the last address in {@code X-Forwarded-For} that is none. What stands before that one anybody can
 * have written (T63).
 */
final class ClientAddress {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final Set<InetAddress> proxies;

  /**
   * @param proxies addresses as text, IPv4 or IPv6
   */
  ClientAddress(List<String> proxies) {
    this.proxies =
        proxies.stream()
            .map(ClientAddress::parse)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
  }

  InetAddress of(HttpRequest<?> request) {
    InetAddress client = request.getRemoteAddress().getAddress();
    List<String> hops =
        request.getHeaders().getAll(FORWARDED_FOR).stream()
            .flatMap(value -> List.of(value.split(",", -1)).stream())
            .toList();
    for (String hop : hops.reversed()) {
      InetAddress before = parse(hop.strip());
      if (!proxies.contains(client) || before == null) {
        break;
      }
      client = before;
    }
    return client;
  }

  /** Without asking a name server; null for anything but an address. */
  private static @Nullable InetAddress parse(String text) {
    return NetUtil.createInetAddressFromIpAddressString(text);
  }
}
