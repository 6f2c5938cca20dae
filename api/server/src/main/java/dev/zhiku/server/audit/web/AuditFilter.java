package dev.zhiku.server.audit.web;

import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.http.RequestId;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Writes what a request did into the audit log before its response leaves. Questions that are
 * answered are written by {@link AnswerAudit}, when their answer is known.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AuditFilter {
  private final AuditLog log;
  private final RefusalLimit limit;

  AuditFilter(AuditLog log, RefusalLimit limit) {
    this.log = log;
    this.limit = limit;
  }

  /** Gives the request its id, before anything refuses it, and all that is logged for it. */
  @RequestFilter
  void begin(HttpRequest<?> request, MutablePropagatedContext context) {
    context.add(RequestId.logged(request));
  }

  /** Hands the response on once its record is durable. */
  @ResponseFilter
  CompletableFuture<MutableHttpResponse<?>> end(
      HttpRequest<?> request, MutableHttpResponse<?> response) {
    response.getHeaders().set(RequestId.HEADER, RequestId.of(request));
    Optional<AuditEvent> event =
        AnswerAudit.isWritten(request) ? Optional.empty() : RequestEvent.of(request, response);
    boolean written =
        event.filter(one -> !RequestEvent.isOfStranger(one) || limit.takes(one)).isPresent();
    return written
        ? log.submit(event.orElseThrow()).thenApply(durable -> response)
        : CompletableFuture.completedFuture(response);
  }
}
