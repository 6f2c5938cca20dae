package dev.zhiku.server.models;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.library.Hub;
import dev.zhiku.generators.library.ModelLibrary;
import dev.zhiku.generators.library.PullOrder;
import dev.zhiku.generators.library.Pulls;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /models}: what an administrator does with language models. */
@Controller("/models")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "models")
final class ModelController {
  private static final Logger LOG = LoggerFactory.getLogger(ModelController.class);

  /** Largest body, in bytes: the longest name is 2,000 characters. */
  private static final int MAX_BODY_BYTES = 16 * 1_024;

  private final ModelLibrary models;
  private final RequestBodies bodies;

  ModelController(ModelLibrary models, RequestBodies bodies) {
    this.models = models;
    this.bodies = bodies;
  }

  /** Lists the models that can be used or fetched, and says who writes the answers. */
  @Get
  @Operation(operationId = "listInstalledModels", summary = "Models that can be used or fetched")
  ModelViews.LibraryView list(HttpRequest<?> request) throws InterruptedException {
    return ModelViews.LibraryView.of(models, AcceptedLanguage.of(request));
  }

  /**
   * Begins to fetch a model; one at a time. What an earlier attempt fetched is not fetched again.
   */
  @Post("/pull")
  @Operation(
      operationId = "pullModel",
      summary = "Fetch a model",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = ModelViews.PullBody.class))))
  @ApiResponse(
      responseCode = "202",
      description = "it is being fetched",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ModelViews.PullView.class)))
  HttpResponse<ModelViews.PullView> pull(HttpRequest<?> request) {
    JsonFields body =
        bodies.json(request, client(request), MAX_BODY_BYTES, ModelViews.PullBody.class);
    Pulls.Pull pull = models.pull(new PullOrder(named(body), body.text("sha256"), hub(body)));
    LOG.info("The model {} is fetched, as {} asks.", pull.name(), client(request));
    return HttpResponse.<ModelViews.PullView>accepted()
        .body(ModelViews.PullView.of(pull, AcceptedLanguage.of(request)));
  }

  /** How far the model on its way has come, or how the last one ended. */
  @Get("/pull")
  @Operation(operationId = "getModelPull", summary = "How far a model has come")
  ModelViews.PullView progress(HttpRequest<?> request) {
    return models
        .pulls()
        .current()
        .map(pull -> ModelViews.PullView.of(pull, AcceptedLanguage.of(request)))
        .orElseThrow(() -> new Problem(ProblemCode.PULL_NOT_FOUND));
  }

  /** Stops fetching; what has come is kept, and asking for the same model goes on with it. */
  @Delete(value = "/pull", consumes = MediaType.ALL)
  @Operation(operationId = "stopModelPull", summary = "Stop fetching a model")
  ModelViews.PullView stop(HttpRequest<?> request) throws InterruptedException {
    return models
        .pulls()
        .stop()
        .map(pull -> ModelViews.PullView.of(pull, AcceptedLanguage.of(request)))
        .orElseThrow(() -> new Problem(ProblemCode.PULL_NOT_FOUND));
  }

  /**
   * Has a model write the answers, from the next question on and after a restart. Answers that are
   * being written end with the model before.
   */
  @Post("/use")
  @Operation(
      operationId = "useModel",
      summary = "Choose who writes the answers",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = ModelViews.UseBody.class))))
  ModelViews.LibraryView use(HttpRequest<?> request) throws InterruptedException {
    JsonFields body =
        bodies.json(request, client(request), MAX_BODY_BYTES, ModelViews.UseBody.class);
    boolean previous = body.bool("previous").orElse(false);
    if (previous == body.text("name").isPresent()) {
      throw body.refusal("name", ServerText.of("rule.name-or-previous"));
    }
    if (previous) {
      models.generator().usePrevious();
    } else {
      models.use(named(body));
    }
    ModelViews.LibraryView now = ModelViews.LibraryView.of(models, AcceptedLanguage.of(request));
    LOG.info("{} chose the generator {} {}.", client(request), now.backend(), now.model());
    return now;
  }

  /** Deletes a model that nobody uses. */
  @Delete(value = "/{name:.+}", consumes = MediaType.ALL)
  @Status(HttpStatus.NO_CONTENT)
  @Operation(operationId = "removeModel", summary = "Delete a model")
  @ApiResponse(responseCode = "204", description = "deleted")
  void remove(HttpRequest<?> request, @PathVariable String name) throws InterruptedException {
    models.remove(name);
    LOG.info("The model {} was removed, as {} asked.", name, client(request));
  }

  private static String client(HttpRequest<?> request) {
    return RequestScope.of(request).client();
  }

  private static String named(JsonFields body) {
    return body.text("name")
        .orElseThrow(() -> body.refusal("name", ServerText.of("rule.model-name")));
  }

  private static Hub hub(JsonFields body) {
    String hub = body.text("hub").orElse(Hub.HUGGINGFACE.toString());
    return Stream.of(Hub.values())
        .filter(known -> known.toString().equals(hub.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> body.refusal("hub", ServerText.of("rule.hub")));
  }
}
