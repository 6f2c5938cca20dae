package dev.zhiku.server.access;

import dev.zhiku.answering.search.Scope;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** Carries the {@link Scope} of a request from the edge to the controllers. */
public final class RequestScope {
  private static final String ATTRIBUTE = "zhiku.scope";

  private RequestScope() {}

  /** Called once for each request, by the filter that knows who asks. */
  public static void set(HttpRequest<?> request, Scope scope) {
    request.setAttribute(ATTRIBUTE, scope);
  }

  /**
   * Who asks.
   *
   * @throws IllegalStateException if the request did not pass the edge: nothing is shown then
   */
  public static Scope of(HttpRequest<?> request) {
    return known(request)
        .orElseThrow(() -> new IllegalStateException("a request reached a route without a scope"));
  }

  /** The same; empty if the request did not pass the edge. */
  public static Optional<Scope> known(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, Scope.class);
  }
}
