package dev.zhiku.server.ollama;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.embedding.EmbeddingModels;
import dev.zhiku.server.embedding.EmbeddingPlaces;
import dev.zhiku.server.embedding.EmbeddingTask;
import dev.zhiku.server.embedding.EmbeddingTask.Use;
import dev.zhiku.server.embedding.EmbeddingTask.Vectors;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.LateJson;
import dev.zhiku.server.http.OllamaError;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;

/** {@code /api/embed} and {@code /api/embeddings}: vectors for programs for Ollama. */
@Controller(value = OllamaError.PATH, port = "${" + OllamaApiConfig.PROPERTY + "}")
@Requires(property = OllamaApiConfig.PROPERTY)
@OllamaErrors
@Tag(name = "ollama")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OllamaEmbedController {
  private static final int MAX_BODY_BYTES = 4 << 20;

  private final RequestBodies bodies;
  private final EmbeddingModels models;
  private final EmbeddingPlaces places;
  private final LateJson late;

  OllamaEmbedController(
      RequestBodies bodies, EmbeddingModels models, EmbeddingPlaces places, LateJson late) {
    this.bodies = bodies;
    this.models = models;
    this.places = places;
    this.late = late;
  }

  /**
   * Vectors, in the order of their texts.
   *
   * @param model that computed them
   * @param totalDuration nanoseconds
   * @param loadDuration always 0
   * @param promptEvalCount tokens that the model read
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "OllamaEmbeddings")
  record Embedded(
      String model,
      List<float[]> embeddings,
      long totalDuration,
      long loadDuration,
      int promptEvalCount) {
    static Embedded of(Embedder embedder, Vectors vectors, long begun) {
      return new Embedded(
          embedder.id().model(),
          vectors.vectors().stream().map(Embedding::toArray).toList(),
          System.nanoTime() - begun,
          0,
          vectors.tokens());
    }
  }

  /** One vector. */
  @Serdeable
  @Schema(name = "OllamaEmbedding")
  record One(List<Float> embedding) {
    static One of(Embedding vector) {
      List<Float> values = new ArrayList<>();
      for (float value : vector.toArray()) {
        values.add(value);
      }
      return new One(values);
    }
  }

  /** Computes the vectors of one text or several. */
  @Operation(
      operationId = "ollamaEmbed",
      summary = "Vectors of texts, as a program for Ollama",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = OllamaBody.Embed.class))))
  @ApiResponse(
      responseCode = "200",
      description = "one vector for each text",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Embedded.class)))
  @Post(uri = "/embed", consumes = MediaType.APPLICATION_JSON)
  HttpResponse<?> embed(HttpRequest<?> request) throws InterruptedException {
    Scope scope = RequestScope.of(request);
    long begun = System.nanoTime();
    EmbeddingTask task =
        bodies.read(request, scope.client(), MAX_BODY_BYTES, body -> read(body, "input"));
    return late.response(
        request,
        places.start(
            task, scope, vectors -> HttpResponse.ok(Embedded.of(task.embedder(), vectors, begun))));
  }

  /** Computes the vector of one text. */
  @Operation(
      operationId = "ollamaEmbeddings",
      summary = "The vector of one text, as an older program for Ollama",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = OllamaBody.Embed.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the vector",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = One.class)))
  @Post(uri = "/embeddings", consumes = MediaType.APPLICATION_JSON)
  HttpResponse<?> one(HttpRequest<?> request) throws InterruptedException {
    Scope scope = RequestScope.of(request);
    EmbeddingTask task =
        bodies.read(request, scope.client(), MAX_BODY_BYTES, body -> read(body, "prompt"));
    return late.response(
        request,
        places.start(
            task, scope, vectors -> HttpResponse.ok(One.of(vectors.vectors().getFirst()))));
  }

  private EmbeddingTask read(byte[] body, String field) {
    JsonFields fields = JsonFields.of(body);
    String name = JsonFields.text(fields.required("model"), "model", OllamaReader.MAX_NAME_CHARS);
    Embedder embedder = models.answering(OllamaModel.untagged(name));
    int dimension = embedder.id().dimension();
    if (fields.number("dimensions").filter(n -> n.doubleValue() != dimension).isPresent()) {
      throw fields.refusal(
          "dimensions", ServerText.of("rule.dimensions", dimension, embedder.id().model()));
    }
    List<String> texts = texts(fields, field);
    if (!fields.bool("truncate").orElse(true)) {
      requireWhole(fields, field, embedder, texts);
    }
    return new EmbeddingTask(embedder, texts, Use.DOCUMENT);
  }

  private static void requireWhole(
      JsonFields fields, String field, Embedder embedder, List<String> texts) {
    if (texts.stream().anyMatch(text -> embedder.countTokens(text) > embedder.maxTokens())) {
      throw fields.refusal(field, ServerText.of("rule.tokens", embedder.maxTokens()));
    }
  }

  private static List<String> texts(JsonFields fields, String field) {
    Value given = fields.required(field);
    if (!(given instanceof Value.Items items) || field.equals("prompt")) {
      return List.of(text(given, field));
    }
    if (items.values().isEmpty() || items.values().size() > EmbeddingTask.MAX_TEXTS) {
      throw refusal(fields, field);
    }
    return items.values().stream().map(value -> text(value, field)).toList();
  }

  private static String text(Value value, String field) {
    String text = JsonFields.text(value, field, EmbeddingTask.MAX_TEXT_CHARS);
    if (text.isBlank()) {
      throw JsonFields.refusal(field, ServerText.of("rule.not-blank"), value);
    }
    return text;
  }

  private static Problem refusal(JsonFields fields, String field) {
    return fields.refusal(field, ServerText.of("rule.embedding-input", EmbeddingTask.MAX_TEXTS));
  }
}
