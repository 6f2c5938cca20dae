package dev.zhiku.server.openai;

import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.BaseAddress;
import dev.zhiku.server.http.EventStreams;
import dev.zhiku.server.http.LateJson;
import dev.zhiku.server.http.OpenAiError;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.openai.OpenAiReply.Ending;
import dev.zhiku.server.query.AnswerConfig;
import dev.zhiku.server.query.AnswerRun;
import dev.zhiku.server.query.AnswerRuns;
import dev.zhiku.server.query.RunReply;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code /v1/chat/completions}: questions of clients that speak OpenAI's protocol. */
@Controller(OpenAiError.PATH + "/chat/completions")
@OpenAiErrors
@Tag(name = "openai")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CompletionsController {
  /**
   * How long a stream waits for what may fail at once, so that it fails with a status; on a busy
   * machine even that takes a moment. Whatever comes first ends the wait.
   */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final AnswerRuns runs;
  private final RequestBodies bodies;
  private final SearchConfig search;
  private final AnswerConfig answers;
  private final ServedModels models;
  private final ServerConfig server;
  private final JsonMapper json;
  private final PlainTask plain;
  private final LateJson late;

  CompletionsController(
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
    this.plain = new PlainTask(json);
    this.late = late;
  }

  /** Answers the last message of the user; in one piece, or in parts that stream. */
  @Operation(
      operationId = "createChatCompletion",
      summary = "Ask as a client of OpenAI's protocol",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = CompletionBody.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the answer; as a stream, its parts and [DONE]",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ChatCompletion.class)),
        @Content(
            mediaType = MediaType.TEXT_EVENT_STREAM,
            schema = @Schema(implementation = ChatCompletionChunk.class))
      })
  @Post(
      consumes = MediaType.APPLICATION_JSON,
      produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
  HttpResponse<?> complete(HttpRequest<?> request) throws InterruptedException {
    Scope scope = RequestScope.of(request);
    runs.requirePlace(scope);
    CompletionRequest asked =
        bodies.read(
            request, scope.client(), CompletionReader.MAX_BODY_BYTES, CompletionReader::read);
    ModelName model = models.answering(asked.model(), scope);
    Optional<ClientTask> task = ClientTask.in(asked.messages());
    Question question =
        task.map(known -> asked.question(known, search.topK()))
            .orElseGet(() -> asked.question(model, search.topK(), answers));
    AnswerRun run = runs.start(question, scope, false);
    OpenAiReply completion =
        new OpenAiReply(
            "chatcmpl-" + run.id().orElse(""),
            Instant.now().getEpochSecond(),
            model.id(),
            question.mode() == Question.Mode.ANSWER,
            task,
            plain,
            BaseAddress.of(server, request));
    return asked.stream() && !failsAtOnce(run, task)
        ? EventStreams.response(
            new CompletionStream(run, completion, question.locale(), asked.includeUsage(), json))
        : late.response(
            request, new RunReply(run, true, end -> whole(completion.ending(end, ""), completion)));
  }

  /** Before a word was said; what a client asks for itself never fails, for a rule stands in. */
  private static boolean failsAtOnce(AnswerRun run, Optional<ClientTask> task)
      throws InterruptedException {
    return task.isEmpty() && run.failsAtOnce(GRACE);
  }

  private static HttpResponse<?> whole(Ending ending, OpenAiReply completion) {
    MutableHttpResponse<?> response =
        switch (ending) {
          case Ending.Said said -> HttpResponse.ok(completion.whole(said));
          case Ending.Broken broken ->
              HttpResponse.status(HttpStatus.valueOf(broken.status())).body(broken.error());
        };
    return response.contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
