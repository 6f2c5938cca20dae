package dev.zhiku.server.access;

import dev.zhiku.generators.egress.LoopbackAddress;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When a request needs a key, and why. None is needed by programs of this machine that ask the
 * service directly. A reverse proxy or tunnel on the same machine asks from loopback for everybody
 * behind it, so whatever shows one makes the key needed: a configuration that is only written for
 * one, a header of the kind that they add, the protocol version that they speak.
 */
public final class KeyRule {
  /** Headers by which proxies, tunnels and delivery networks tell of whom they ask for. */
  private static final Pattern FORWARDING =
      Pattern.compile(
          "(?i)forwarded|via|(x-)?forwarded-for(-ip)?|x-forward(ed)?(-.*)?|(x-)?real-.*|"
              + "(x-)?(true-|cluster-|proxy-|wl-proxy-|remote-|original-|originating-)?"
              + "(client|remote|originating|proxyuser|source)-?(ip|addr|address|host|port|cert)(-.*)?|"
              + "(x-)?original-.*|x-rewrite-.*|x-host|x-http-host-override|x-scheme|x-ssl.*|"
              + "ssl-client-.*|remote-addr|cf-.*|cdn-loop|fly-.*|fastly-.*|akamai-.*|incap-.*|"
              + "tailscale-.*|ngrok-.*|x-ngrok-.*|x-tunnel-.*|x-localtunnel-.*|x-arr-.*|x-azure-.*|"
              + "x-appgw-.*|x-appengine-.*|x-amzn-.*|x-amz-cf-.*|x-cloud-trace-context|x-envoy-.*|"
              + "x-traefik-.*|x-nginx-.*|x-varnish.*|x-sucuri-.*|x-vercel-.*|x-nf-.*|x-proxy-.*|"
              + "proxy-.*|"
              // Only between a client and a server, or by a gate that asks people who they are.
              + "front-end-https|x-url-scheme|early-data|surrogate-.*|x-(request|queue)-start|"
              + "disguised-host|was-default-hostname|x-waws-.*|x-accel-.*|x-haproxy-.*|x-lb-.*|"
              + "remote-(user|groups|name|email)|x-remote-(user|group)|x-auth-request-.*|"
              + "x-authentik-.*|x-webauth-.*|x-pomerium-.*|x-ms-client-principal.*|"
              + "x-goog-(authenticated|iap)-.*");

  private final Optional<Phrase> always;

  KeyRule(ServerConfig server) {
    this.always = of(server);
  }

  /** Why every request needs a key; empty where those of this machine need none. */
  public static Optional<Phrase> of(ServerConfig server) {
    if (!LoopbackAddress.is(server.host())) {
      return Optional.of(ServerText.of("key-needed.address", server.host()));
    }
    if (server.publicUrl().isPresent()) {
      return Optional.of(configured("public-url"));
    }
    if (!server.allowedHosts().isEmpty()) {
      return Optional.of(configured("allowed-hosts"));
    }
    return server.trustedProxies().isEmpty()
        ? Optional.empty()
        : Optional.of(configured("trusted-proxies"));
  }

  private static Phrase configured(String key) {
    return ServerText.of("key-needed.setting", key);
  }

  /** Why this request needs a key; empty if it needs none. */
  Optional<Phrase> of(HttpRequest<?> request) {
    return always
        .or(() -> ofPeer(request))
        .or(() -> ofHost(request))
        .or(() -> ofHeaders(request))
        .or(() -> ofVersion(request));
  }

  private static Optional<Phrase> ofPeer(HttpRequest<?> request) {
    InetSocketAddress peer = request.getRemoteAddress();
    InetAddress address = peer == null ? null : peer.getAddress();
    return address != null && address.isLoopbackAddress()
        ? Optional.empty()
        : Optional.of(ServerText.of("key-needed.peer"));
  }

  private static Optional<Phrase> ofHost(HttpRequest<?> request) {
    List<String> hosts = request.getHeaders().getAll(HttpHeaders.HOST);
    return hosts.size() == 1 && LoopbackAddress.is(Hosts.name(hosts.getFirst()))
        ? Optional.empty()
        : Optional.of(ServerText.of("key-needed.host"));
  }

  private static Optional<Phrase> ofHeaders(HttpRequest<?> request) {
    return request.getHeaders().names().stream()
        .filter(name -> FORWARDING.matcher(name).matches())
        .findFirst()
        .map(name -> ServerText.of("key-needed.header", name));
  }

  /** A proxy that is told nothing about headers, as nginx by default, speaks HTTP/1.0. */
  private static Optional<Phrase> ofVersion(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> netty
            && netty.getNativeRequest().protocolVersion().equals(HttpVersion.HTTP_1_0)
        ? Optional.of(ServerText.of("key-needed.version"))
        : Optional.empty();
  }
}
