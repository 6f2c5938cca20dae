package dev.zhiku.server.access;

import dev.zhiku.server.http.ServerConfig;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages that may call: our own, and those of {@code allowed-origins}, which alone get CORS
 * headers. Programs that are no browser send no Origin and pass.
 */
@Singleton
final class Origins {
  private static final String FETCH_SITE = "Sec-Fetch-Site";
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
  private static final String HEADERS =
      "Accept-Language, Authorization, Content-Type, Last-Event-ID, Range";

  /** Headers that say what program calls, and in which version and session of its protocol. */
  private static final Pattern OF_CLIENTS =
      Pattern.compile(
          "(?i)(x-stainless-|openai-|x-openwebui-|mcp-)[a-z0-9-]{1,64}|http-referer|x-title");

  private final String scheme;
  private final Set<String> allowed = new HashSet<>();

  /** Also pages of the public URL, whose name the proxy may have replaced in Host. */
  private final Set<String> own = new HashSet<>();

  Origins(ServerConfig server) {
    scheme = server.tls().isOn() ? "https://" : "http://";
    server.allowedOrigins().forEach(origin -> allowed.add(normal(origin)));
    server.publicUrl().map(Origins::of).ifPresent(own::add);
  }

  /** Whether the page that sent a request, if one did and says so, may call. */
  boolean mayCall(HttpRequest<?> request) {
    List<String> origin = request.getHeaders().getAll(HttpHeaders.ORIGIN);
    return origin.isEmpty()
        || (origin.size() == 1 && (isOwn(request, origin.getFirst()) || isAllowed(request)));
  }

  /** Whether a request that may change something comes from where it should; stricter. */
  boolean mayChange(HttpRequest<?> request) {
    return request.getHeaders().contains(HttpHeaders.ORIGIN)
        ? mayCall(request)
        : request.getHeaders().getAll(FETCH_SITE).stream().allMatch(OWN_SITE::contains);
  }

  /** Whether a browser says that one of our own pages sent a request. */
  boolean isOwnPage(HttpRequest<?> request) {
    List<String> origin = request.getHeaders().getAll(HttpHeaders.ORIGIN);
    return origin.isEmpty()
        ? request.getHeaders().getAll(FETCH_SITE).equals(List.of("same-origin"))
        : origin.size() == 1 && isOwn(request, origin.getFirst());
  }

  /** The answer to a browser that asks before it sends; empty for an origin that may not call. */
  Optional<HttpResponse<?>> preflight(HttpRequest<?> request) {
    if (!isAllowed(request)) {
      return Optional.empty();
    }
    return Optional.of(
        HttpResponse.noContent()
            .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, DELETE")
            .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, allowedHeaders(request))
            .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600"));
  }

  /** Ours, and what clients of other protocols tell of themselves with each request. */
  private static String allowedHeaders(HttpRequest<?> request) {
    String asked =
        request.getHeaders().findFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS).orElse("");
    return Stream.concat(
            Stream.of(HEADERS),
            Stream.of(asked.split(","))
                .map(String::strip)
                .filter(name -> OF_CLIENTS.matcher(name).matches()))
        .collect(Collectors.joining(", "));
  }

  /** Lets a page of an allowed origin read the response. */
  void allow(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (isAllowed(request)) {
      String origin = request.getHeaders().getAll(HttpHeaders.ORIGIN).getFirst();
      response
          .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
          .header(
              HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
              "Retry-After, X-Request-Id, Mcp-Session-Id")
          .header(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
  }

  private boolean isAllowed(HttpRequest<?> request) {
    List<String> origin = request.getHeaders().getAll(HttpHeaders.ORIGIN);
    return origin.size() == 1 && allowed.contains(normal(origin.getFirst()));
  }

  private boolean isOwn(HttpRequest<?> request, String origin) {
    String host = request.getHeaders().findFirst(HttpHeaders.HOST).orElse("");
    return normal(origin).equals(normal(scheme + host)) || own.contains(normal(origin));
  }

  private static String of(URI url) {
    return normal(url.getScheme() + "://" + url.getRawAuthority());
  }

  private static String normal(String origin) {
    String text = origin.strip().toLowerCase(Locale.ROOT);
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
