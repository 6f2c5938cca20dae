package dev.zhiku.server.openai.embeddings;

import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.embedding.EmbeddingModels;
import dev.zhiku.server.embedding.EmbeddingPlaces;
import dev.zhiku.server.http.LateJson;
import dev.zhiku.server.http.OpenAiError;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.openai.OpenAiErrors;
import dev.zhiku.server.openai.embeddings.EmbeddingsReader.Wanted;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /v1/embeddings}: vectors for clients that speak OpenAI's protocol. */
@Controller(OpenAiError.PATH + "/embeddings")
@OpenAiErrors
@Tag(name = "openai")
@ExecuteOn(TaskExecutors.BLOCKING)
final class EmbeddingsController {
  private final RequestBodies bodies;
  private final EmbeddingPlaces places;
  private final EmbeddingsReader reader;
  private final LateJson late;

  EmbeddingsController(
      RequestBodies bodies, EmbeddingModels models, EmbeddingPlaces places, LateJson late) {
    this.bodies = bodies;
    this.places = places;
    this.reader = new EmbeddingsReader(models);
    this.late = late;
  }

  /** Computes the vectors of one text or several. */
  @Operation(
      operationId = "createEmbeddings",
      summary = "Vectors of texts, as a client of OpenAI's protocol",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = EmbeddingsBody.class))))
  @ApiResponse(
      responseCode = "200",
      description = "one vector for each text",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = EmbeddingList.class)))
  @Post(consumes = MediaType.APPLICATION_JSON)
  HttpResponse<?> embed(HttpRequest<?> request) throws InterruptedException {
    Scope scope = RequestScope.of(request);
    Wanted wanted =
        bodies.read(request, scope.client(), EmbeddingsReader.MAX_BODY_BYTES, reader::read);
    String model = wanted.task().embedder().id().model();
    return late.response(
        request,
        places.start(
            wanted.task(),
            scope,
            vectors -> HttpResponse.ok(EmbeddingList.of(vectors, model, wanted.base64()))));
  }
}
