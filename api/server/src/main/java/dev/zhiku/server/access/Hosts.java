package dev.zhiku.server.access;

import dev.zhiku.generators.egress.LoopbackAddress;
import dev.zhiku.server.http.ServerConfig;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names this service answers for, against pages that give their own name our address: loopback,
 * the address it is bound to, its public URL, and what {@code allowed-hosts} adds. The port does
 * not matter.
 */
@Singleton
final class Hosts {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(:\\d{0,5})?");

  private final Set<String> names = new HashSet<>();

  Hosts(ServerConfig server) {
    names.add(normal(server.host()));
    server.publicUrl().map(URI::getHost).map(Hosts::normal).ifPresent(names::add);
    server.allowedHosts().forEach(host -> names.add(normal(host)));
  }

  boolean allow(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.HOST);
    return headers.size() == 1 && allows(name(headers.getFirst()), request);
  }

  private boolean allows(String name, HttpRequest<?> request) {
    return LoopbackAddress.is(name) || names.contains(name) || isReachedAt(name, request);
  }

  /** Bound to every address, the service answers for the one this connection came in on. */
  private static boolean isReachedAt(String name, HttpRequest<?> request) {
    InetAddress local = request.getServerAddress().getAddress();
    return local != null && normal(local.getHostAddress()).equals(name);
  }

  /** The host without its port; empty, which no host is, where it cannot be read. */
  static String name(String header) {
    Matcher host = HOST_AND_PORT.matcher(header.strip());
    return host.matches() ? normal(host.group(1)) : "";
  }

  /** Lower case, without brackets and a last dot. */
  private static String normal(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
