package dev.zhiku.server.ollama;

import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.BaseAddress;
import dev.zhiku.server.http.ClientConnection;
import dev.zhiku.server.http.LateJson;
import dev.zhiku.server.http.OllamaError;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.openai.ClientTask;
import dev.zhiku.server.openai.CompletionRequest;
import dev.zhiku.server.openai.ModelName;
import dev.zhiku.server.openai.OpenAiReply;
import dev.zhiku.server.openai.OpenAiReply.Ending;
import dev.zhiku.server.openai.PlainTask;
import dev.zhiku.server.openai.ServedModels;
import dev.zhiku.server.query.AnswerConfig;
import dev.zhiku.server.query.AnswerRun;
import dev.zhiku.server.query.AnswerRuns;
import dev.zhiku.server.query.RunReply;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** {@code /api/chat} and {@code /api/generate}: questions of programs for Ollama. */
@Controller(value = OllamaError.PATH, port = "${" + OllamaApiConfig.PROPERTY + "}")
@Requires(property = OllamaApiConfig.PROPERTY)
@OllamaErrors
@Tag(name = "ollama")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OllamaChatController {
  /** What lines of JSON are sent as. */
  static final String LINES = "application/x-ndjson";

  /** How long a stream waits for what may fail at once, so that it fails with a status. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final AnswerRuns runs;
  private final RequestBodies bodies;
  private final SearchConfig search;
  private final AnswerConfig answers;
  private final ServedModels models;
  private final ServerConfig server;
  private final JsonMapper json;
  private final LateJson late;

  OllamaChatController(
      AnswerRuns runs,
      RequestBodies bodies,
      SearchConfig search,
      AnswerConfig answers,
      DocumentCatalog catalog,
      ServerConfig server,
      JsonMapper json,
      LateJson late) {
    this.runs = runs;
    this.bodies = bodies;
    this.search = search;
    this.answers = answers;
    this.models = new ServedModels(catalog);
    this.server = server;
    this.json = json;
    this.late = late;
  }

  /** Answers the last message of the user; in lines, or in one piece. */
  @Operation(
      operationId = "ollamaChat",
      summary = "Ask as a program for Ollama",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = OllamaBody.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the answer; as a stream, its parts line by line",
      content = {
        @Content(mediaType = LINES, schema = @Schema(implementation = OllamaLine.class)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = OllamaLine.class))
      })
  @Post(
      uri = "/chat",
      consumes = MediaType.APPLICATION_JSON,
      produces = {LINES, MediaType.APPLICATION_JSON})
  HttpResponse<?> chat(HttpRequest<?> request) throws InterruptedException {
    return answer(request, OllamaReader::chat, true);
  }

  /** Answers a prompt; in lines, or in one piece. */
  @Operation(
      operationId = "ollamaGenerate",
      summary = "Ask with one prompt, as a program for Ollama",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = OllamaBody.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the answer; as a stream, its parts line by line",
      content = {
        @Content(mediaType = LINES, schema = @Schema(implementation = OllamaLine.class)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = OllamaLine.class))
      })
  @Post(
      uri = "/generate",
      consumes = MediaType.APPLICATION_JSON,
      produces = {LINES, MediaType.APPLICATION_JSON})
  HttpResponse<?> generate(HttpRequest<?> request) throws InterruptedException {
    return answer(request, OllamaReader::generation, false);
  }

  private HttpResponse<?> answer(
      HttpRequest<?> request, Function<byte[], CompletionRequest> reader, boolean chat)
      throws InterruptedException {
    Scope scope = RequestScope.of(request);
    runs.requirePlace(scope);
    CompletionRequest asked =
        bodies.read(request, scope.client(), OllamaReader.MAX_BODY_BYTES, reader);
    ModelName model = models.answering(asked.model(), scope);
    OllamaForm form = new OllamaForm(OllamaModel.tagged(model), chat);
    if (asked.messages().isEmpty()) {
      return HttpResponse.ok(form.loaded()).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
    Optional<ClientTask> task = ClientTask.in(asked.messages());
    Question question =
        task.map(known -> asked.question(known, search.topK()))
            .orElseGet(() -> asked.question(model, search.topK(), answers));
    AnswerRun run = runs.start(question, scope, false);
    OpenAiReply reply =
        new OpenAiReply(
            run.id().orElse(""),
            Instant.now().getEpochSecond(),
            model.id(),
            question.mode() == Question.Mode.ANSWER,
            task,
            new PlainTask(json),
            BaseAddress.of(server, request));
    return asked.stream() && !(task.isEmpty() && run.failsAtOnce(GRACE))
        ? HttpResponse.ok(new OllamaStream(run, reply, form, json, new ClientConnection(request)))
            .contentType(MediaType.of(LINES))
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header("X-Accel-Buffering", "no")
        : late.response(
            request, new RunReply(run, true, end -> whole(reply.ending(end, ""), form)));
  }

  private static HttpResponse<?> whole(Ending ending, OllamaForm form) {
    return switch (ending) {
      case Ending.Said said ->
          HttpResponse.ok(form.end(said, said.rest(), said.reasoning()))
              .contentType(MediaType.APPLICATION_JSON_TYPE);
      case Ending.Broken broken ->
          HttpResponse.status(HttpStatus.valueOf(broken.status()))
              .contentType(MediaType.APPLICATION_JSON_TYPE)
              .body(new OllamaError(broken.error().error().message()));
    };
  }
}
