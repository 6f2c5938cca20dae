package dev.zhiku.server.ollama;

import dev.zhiku.answering.search.Scope;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.OllamaError;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.openai.ServedModels;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;

/** Models as programs for Ollama look at them, and the refusal of changing them. */
@Controller(value = OllamaError.PATH, port = "${" + OllamaApiConfig.PROPERTY + "}")
@Requires(property = OllamaApiConfig.PROPERTY)
@OllamaErrors
@Tag(name = "ollama")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OllamaModelsController {
  /** The version of Ollama whose protocol this is; programs look at it for what they may send. */
  private static final String PROTOCOL = "0.12.6";

  private static final int MAX_BODY_BYTES = 16 * 1_024;

  private final ServedModels models;
  private final RequestBodies bodies;
  private final Instant started = Instant.now();

  OllamaModelsController(DocumentCatalog catalog, RequestBodies bodies) {
    this.models = new ServedModels(catalog);
    this.bodies = bodies;
  }

  /**
   * The version of a protocol.
   *
   * @param version of Ollama
   */
  @Serdeable
  @Schema(name = "OllamaVersion")
  record Version(String version) {}

  /** Tells the version of Ollama whose protocol this is. */
  @Get("/version")
  @Operation(operationId = "ollamaVersion", summary = "The version of Ollama's protocol")
  Version version() {
    return new Version(PROTOCOL);
  }

  /** Lists the models. */
  @Get("/tags")
  @Operation(operationId = "ollamaTags", summary = "Models, as programs for Ollama list them")
  OllamaModel.Listing tags(HttpRequest<?> request) {
    return new OllamaModel.Listing(
        models.all(RequestScope.of(request)).stream()
            .map(name -> OllamaModel.listed(name, started))
            .toList());
  }

  /** Lists them again, for all of them are always loaded. */
  @Get("/ps")
  @Operation(operationId = "ollamaPs", summary = "Models that are loaded: all of them")
  OllamaModel.Listing loaded(HttpRequest<?> request) {
    Instant now = Instant.now();
    return new OllamaModel.Listing(
        models.all(RequestScope.of(request)).stream()
            .map(name -> OllamaModel.loaded(name, started, now))
            .toList());
  }

  /** Tells of one of them. */
  @Operation(
      operationId = "ollamaShow",
      summary = "One model",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = OllamaBody.Show.class))))
  @Post(uri = "/show", consumes = MediaType.APPLICATION_JSON)
  OllamaModel.Shown show(HttpRequest<?> request) {
    Scope scope = RequestScope.of(request);
    String name =
        bodies.read(request, scope.client(), MAX_BODY_BYTES, OllamaModelsController::name);
    models.named(OllamaModel.untagged(name), scope);
    return OllamaModel.Shown.since(started);
  }

  private static String name(byte[] body) {
    JsonFields fields = JsonFields.of(body);
    return fields
        .text("model", OllamaReader.MAX_NAME_CHARS)
        .or(() -> fields.text("name", OllamaReader.MAX_NAME_CHARS))
        .orElseThrow(() -> fields.refusal("model", ServerText.of("rule.given")));
  }

  /** Refuses to fetch, make or copy a model. */
  @Post("/{change:pull|push|create|copy}")
  @Operation(
      operationId = "ollamaChange",
      summary = "Refused: models are not changed by Ollama's protocol")
  HttpResponse<OllamaError> change(HttpRequest<?> request, @PathVariable String change) {
    return refusal(request);
  }

  /** Refuses to delete a model. */
  @Delete("/delete")
  @Operation(
      operationId = "ollamaDelete",
      summary = "Refused: models are not changed by Ollama's protocol")
  HttpResponse<OllamaError> delete(HttpRequest<?> request) {
    return refusal(request);
  }

  private static HttpResponse<OllamaError> refusal(HttpRequest<?> request) {
    String why = ServerText.of("ollama.no-changes").in(AcceptedLanguage.of(request));
    return HttpResponse.<OllamaError>status(HttpStatus.METHOD_NOT_ALLOWED)
        .header(HttpHeaders.ALLOW, "")
        .body(new OllamaError(why));
  }
}
