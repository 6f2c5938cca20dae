package dev.zhiku.server.access;

import static dev.zhiku.answering.problem.ProblemCode.HOST_NOT_ALLOWED;
import static dev.zhiku.answering.problem.ProblemCode.MALFORMED_REQUEST;
import static dev.zhiku.answering.problem.ProblemCode.ORIGIN_NOT_ALLOWED;
import static dev.zhiku.answering.problem.ProblemCode.UNSUPPORTED_MEDIA_TYPE;

import dev.zhiku.answering.problem.Problem;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes before anything else sees it: is it meant for us (Host), does it come
 * from a page that may call (Origin), is its body of a kind that no foreign form can send, and who
 * asks.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(EdgeFilter.ORDER)
final class EdgeFilter {
  static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

  private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Hosts hosts;
  private final Origins origins;
  private final Access access;

  EdgeFilter(Hosts hosts, Origins origins, Access access) {
    this.hosts = hosts;
    this.origins = origins;
    this.access = access;
  }

  @RequestFilter
  @Nullable HttpResponse<?> check(HttpRequest<?> request) {
    if (request.getHeaders().names().isEmpty()) {
      // The server's stand-in for a request whose address it cannot read.
      throw new Problem(MALFORMED_REQUEST);
    }
    if (!hosts.allow(request)) {
      throw new Problem(HOST_NOT_ALLOWED);
    }
    if (isPreflight(request)) {
      return origins.preflight(request).orElseThrow(() -> new Problem(ORIGIN_NOT_ALLOWED));
    }
    if (!origins.mayCall(request)) {
      throw new Problem(ORIGIN_NOT_ALLOWED);
    }
    if (!SAFE.contains(request.getMethod())) {
      checkChange(request);
    }
    RequestScope.set(request, access.admit(request));
    return null;
  }

  private void checkChange(HttpRequest<?> request) {
    if (!origins.mayChange(request)
        || (access.isLetInUnasked(request) && !origins.isOwnPage(request))) {
      throw new Problem(ORIGIN_NOT_ALLOWED);
    }
    HttpHeaders headers = request.getHeaders();
    if (headers.contains(HttpHeaders.CONTENT_ENCODING)
        || (hasBody(headers) && !isExpected(request))) {
      throw new Problem(UNSUPPORTED_MEDIA_TYPE);
    }
  }

  private static boolean isPreflight(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.OPTIONS
        && request.getHeaders().contains(HttpHeaders.ORIGIN)
        && request.getHeaders().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
  }

  private static boolean hasBody(HttpHeaders headers) {
    return headers.contains(HttpHeaders.TRANSFER_ENCODING) || headers.contentLength().orElse(0) > 0;
  }

  private static boolean isExpected(HttpRequest<?> request) {
    Optional<MediaType> type = request.getContentType();
    MediaType expected =
        request.getPath().equals("/documents")
            ? MediaType.MULTIPART_FORM_DATA_TYPE
            : MediaType.APPLICATION_JSON_TYPE;
    return type.filter(expected::matches).isPresent();
  }
}
