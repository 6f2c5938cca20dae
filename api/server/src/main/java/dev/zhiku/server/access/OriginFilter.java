package dev.zhiku.server.access;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Lets pages of allowed origins read what we answer, also when the edge refuses. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(EdgeFilter.ORDER - 1)
final class OriginFilter {
  private final Origins origins;

  OriginFilter(Origins origins) {
    this.origins = origins;
  }

  @ResponseFilter
  void allow(HttpRequest<?> request, MutableHttpResponse<?> response) {
    origins.allow(request, response);
  }
}
