package dev.zhiku.server.openai;

import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.OpenAiError;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;

/** {@code /v1/models}: what a client may name as its model. */
@Controller(OpenAiError.PATH + "/models")
@OpenAiErrors
@Tag(name = "openai")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelsController {
  private final ServedModels models;
  private final Instant since = Instant.now();

  ModelsController(DocumentCatalog catalog) {
    this.models = new ServedModels(catalog);
  }

  /** Lists the models. */
  @Get
  @Operation(operationId = "listModels", summary = "Models, as OpenAI's clients list them")
  ModelList list(HttpRequest<?> request) {
    return ModelList.of(models.all(RequestScope.of(request)), since);
  }

  /** Tells of one of them; the name of a source stands behind a slash, written as it is or %2F. */
  @Get("/{id:.+}")
  @Operation(operationId = "getModel", summary = "One model")
  ModelList.Model one(@PathVariable String id, HttpRequest<?> request) {
    return ModelList.Model.of(models.named(id, RequestScope.of(request)), since);
  }
}
