package dev.zhiku.server.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.Problems;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;

/** For those who watch the service: does it live, and should requests be sent to it. */
@Controller("/health")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "service")
final class HealthController {
  private final Lifecycle lifecycle;
  private final Conditions conditions;

  HealthController(Lifecycle lifecycle, Conditions conditions) {
    this.lifecycle = lifecycle;
    this.conditions = conditions;
  }

  /** Answers as long as the process can. */
  @Get("/live")
  @Operation(operationId = "getLive", summary = "Whether the process lives")
  Live live() {
    return new Live("up");
  }

  /** 200 while requests are answered, if need be without some part; 503 before and after. */
  @Get("/ready")
  @Operation(
      operationId = "getReady",
      summary = "Whether requests are answered, and what is degraded")
  HttpResponse<Ready> ready(HttpRequest<?> request) {
    return switch (lifecycle.state()) {
      case STARTING -> unavailable("starting");
      case STOPPING -> unavailable("stopping");
      case SERVING ->
          HttpResponse.ok(serving(AcceptedLanguage.of(request), RequestScope.of(request)));
    };
  }

  private static HttpResponse<Ready> unavailable(String status) {
    return HttpResponse.<Ready>status(HttpStatus.SERVICE_UNAVAILABLE)
        .header("Retry-After", "5")
        .body(new Ready(status, List.of()));
  }

  private Ready serving(Locale locale, Scope asker) {
    List<Conditions.Degraded> degraded = conditions.degraded(locale, asker);
    return new Ready(degraded.isEmpty() ? "ready" : "degraded", degraded);
  }

  /** The process lives. */
  @Serdeable
  record Live(String status) {}

  /**
   * Whether requests are answered.
   *
   * @param status ready, degraded, starting or stopping
   * @param degraded parts that are missing while the rest answers
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Ready(String status, List<Conditions.Degraded> degraded) {
    Ready {
      degraded = List.copyOf(degraded);
    }
  }
}
