package dev.zhiku.api.status;

import dev.zhiku.api.access.RequestScope;
import dev.zhiku.api.http.AcceptedLanguage;
import dev.zhiku.api.http.ProblemDocument;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.ingest.health.StoreHealth;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;

/** How much is indexed, what waits, who answers. Reads the stores, not the memory of a process. */
@Controller("/status")
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
final class StatusController {
  private final ServiceFacts facts;
  private final DocumentCatalog catalog;
  private final KnowledgeIndex index;
  private final GeneratorState generator;
  private final StoreHealth health;

  StatusController(
      ServiceFacts facts,
      DocumentCatalog catalog,
      KnowledgeIndex index,
      GeneratorState generator,
      StoreHealth health) {
    this.facts = facts;
    this.catalog = catalog;
    this.index = index;
    this.generator = generator;
    this.health = health;
  }

  /** Tells what is indexed, what waits and who answers. */
  @Get
  @Operation(operationId = "getStatus", summary = "Status of the service")
  StatusView status(HttpRequest<?> request) throws InterruptedException {
    Locale locale = AcceptedLanguage.of(request);
    DocumentCatalog.Counts counts = catalog.counts(RequestScope.of(request).visible());
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      return new StatusView(
          facts.version(),
          catalog.sources().stream()
              .map(source -> StatusView.SourceView.of(source, locale))
              .toList(),
          StatusView.FilesView.of(counts),
          counts.passages(),
          StatusView.QueueView.of(catalog.queue()),
          StatusView.IndexView.of(facts.generations().get(), snapshot),
          StatusView.GeneratorView.of(generator.now(locale)),
          StatusView.StorageView.of(health));
    }
  }
}
