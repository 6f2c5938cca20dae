package dev.zhiku.server.status;

import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.health.StoreHealth;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.http.Problems;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;

/** The meters, for Prometheus. */
@Controller("/metrics")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "service")
final class MetricsController {
  private static final MediaType FORMAT = MediaType.of("text/plain; version=0.0.4; charset=utf-8");
  private final Meters meters;

  MetricsController(Meters meters, DocumentCatalog catalog, StoreHealth health, AuditLog audit) {
    this.meters = meters;
    meters.watch(catalog, new RecentCounts(catalog));
    meters.watch(health, audit);
  }

  /**
   * Gives all meters in the text format of Prometheus; to who may not see every document, only
   * those that count none.
   */
  @Get
  @Produces(MediaType.ALL)
  @Operation(operationId = "getMetrics", summary = "Meters in the text format of Prometheus")
  @ApiResponse(
      responseCode = "200",
      description = "the meters",
      content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
  HttpResponse<byte[]> metrics(HttpRequest<?> request) {
    boolean everything = RequestScope.of(request).seesEverything();
    return HttpResponse.ok(
            (everything ? meters.text() : meters.textWithoutDocuments())
                .getBytes(StandardCharsets.UTF_8))
        .contentType(FORMAT);
  }
}
