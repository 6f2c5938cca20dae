package dev.zhiku.api.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.api.http.AcceptedLanguage;
import dev.zhiku.api.http.ProblemDocument;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** For those who watch the service: does it live, and should requests be sent to it. */
@Controller("/health")
@ExecuteOn(TaskExecutors.BLOCKING)
@ApiResponse(
    responseCode = "4XX",
    description = "an error of the request",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemDocument.class)))
@ApiResponse(
    responseCode = "5XX",
    description = "an error of the service",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemDocument.class)))
@Tag(name = "service")
final class HealthController {
  private final Lifecycle lifecycle;
  private final DocumentCatalog catalog;
  private final GeneratorState generator;

  HealthController(Lifecycle lifecycle, DocumentCatalog catalog, GeneratorState generator) {
    this.lifecycle = lifecycle;
    this.catalog = catalog;
    this.generator = generator;
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
      case SERVING -> HttpResponse.ok(serving(AcceptedLanguage.of(request)));
    };
  }

  private static HttpResponse<Ready> unavailable(String status) {
    return HttpResponse.<Ready>status(HttpStatus.SERVICE_UNAVAILABLE)
        .header("Retry-After", "5")
        .body(new Ready(status, List.of()));
  }

  private Ready serving(Locale locale) {
    List<Degraded> degraded = new ArrayList<>();
    for (DocumentCatalog.SourceState source : catalog.sources()) {
      if (!source.online() || source.held()) {
        degraded.add(new Degraded("source", source.name(), source.detail().in(locale)));
      }
    }
    GeneratorState.Now now = generator.now(locale);
    if (!now.ready()) {
      degraded.add(new Degraded("generator", now.backend(), now.detail().orElse("")));
    }
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
  record Ready(String status, List<Degraded> degraded) {
    Ready {
      degraded = List.copyOf(degraded);
    }
  }

  /**
   * A part that is missing.
   *
   * @param part source or generator
   * @param name which one
   * @param detail why, and what is done meanwhile
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Degraded(String part, String name, String detail) {}
}
