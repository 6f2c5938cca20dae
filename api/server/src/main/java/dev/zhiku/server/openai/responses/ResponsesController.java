package dev.zhiku.server.openai.responses;

import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
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
import dev.zhiku.server.openai.ClientTask;
import dev.zhiku.server.openai.CompletionRequest;
import dev.zhiku.server.openai.Message;
import dev.zhiku.server.openai.Message.Role;
import dev.zhiku.server.openai.ModelName;
import dev.zhiku.server.openai.OpenAiErrors;
import dev.zhiku.server.openai.OpenAiReply;
import dev.zhiku.server.openai.OpenAiReply.Ending;
import dev.zhiku.server.openai.PlainTask;
import dev.zhiku.server.openai.ServedModels;
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
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code /v1/responses}: questions of clients that speak OpenAI's newer protocol. */
@Controller(OpenAiError.PATH + "/responses")
@OpenAiErrors
@Tag(name = "openai")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ResponsesController {
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
  private final ResponseMemory memory;

  ResponsesController(
      AnswerRuns runs,
      RequestBodies bodies,
      SearchConfig search,
      AnswerConfig answers,
      DocumentCatalog catalog,
      ServerConfig server,
      JsonMapper json,
      LateJson late,
      ResponseMemory memory) {
    this.runs = runs;
    this.bodies = bodies;
    this.search = search;
    this.answers = answers;
    this.models = new ServedModels(catalog);
    this.server = server;
    this.json = json;
    this.late = late;
    this.memory = memory;
  }

  /** Answers the last message of the user; in one piece, or in events. */
  @Operation(
      operationId = "createResponse",
      summary = "Ask as a client of OpenAI's newer protocol",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = ResponsesBody.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the answer; as a stream, its events",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ResponseView.class)),
        @Content(
            mediaType = MediaType.TEXT_EVENT_STREAM,
            schema = @Schema(implementation = ResponseEvent.class))
      })
  @Post(
      consumes = MediaType.APPLICATION_JSON,
      produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
  HttpResponse<?> answer(HttpRequest<?> request) throws InterruptedException {
    Scope scope = RequestScope.of(request);
    runs.requirePlace(scope);
    ResponsesRequest asked =
        bodies.read(request, scope.client(), ResponsesReader.MAX_BODY_BYTES, ResponsesReader::read);
    ModelName model = models.answering(asked.model(), scope);
    List<Message> said = asked.said(memory, scope);
    CompletionRequest completion = asked.completion(said);
    Optional<ClientTask> task = ClientTask.in(completion.messages());
    Question question =
        task.map(known -> completion.question(known, search.topK()))
            .orElseGet(() -> completion.question(model, search.topK(), answers));
    boolean keeps = asked.store() && task.isEmpty();
    AnswerRun run = runs.start(question, scope, false, keeps ? keeper(scope, said) : event -> {});
    String id = run.id().orElse("");
    long now = Instant.now().getEpochSecond();
    OpenAiReply reply =
        new OpenAiReply(
            ResponseIds.response(id),
            now,
            model.id(),
            question.mode() == Question.Mode.ANSWER,
            task,
            new PlainTask(json),
            BaseAddress.of(server, request));
    ResponseForm form = new ResponseForm(id, now, model.id(), asked);
    return asked.stream() && !(task.isEmpty() && run.failsAtOnce(GRACE))
        ? EventStreams.response(new ResponseStream(run, reply, form, json))
        : late.response(
            request, new RunReply(run, true, end -> whole(reply.ending(end, ""), form)));
  }

  /** Remembers an answer before its client has read its end, so that it can go on at once. */
  private Consumer<AnswerEvent> keeper(Scope scope, List<Message> said) {
    return event -> {
      if (event instanceof Answered end) {
        keep(end.answer(), scope, said);
      } else if (event instanceof NoEvidence end) {
        keep(end.answer(), scope, said);
      }
    };
  }

  private void keep(Answer answer, Scope scope, List<Message> before) {
    List<Message> said = new ArrayList<>(before);
    said.removeIf(message -> message.role() == Role.SYSTEM);
    said.add(new Message(Role.ASSISTANT, answer.text().orElse("")));
    memory.keep(answer.id(), scope, said);
  }

  private static HttpResponse<?> whole(Ending ending, ResponseForm form) {
    MutableHttpResponse<?> response =
        switch (ending) {
          case Ending.Said said ->
              HttpResponse.ok(form.ended(said, said.rest(), said.reasoning().orElse("")));
          case Ending.Broken broken ->
              HttpResponse.status(HttpStatus.valueOf(broken.status())).body(broken.error());
        };
    return response.contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
