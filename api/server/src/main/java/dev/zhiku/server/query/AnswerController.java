package dev.zhiku.server.query;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Failed;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
import dev.zhiku.answering.answer.AnswerEvent.PassagesOnly;
import dev.zhiku.answering.answer.AnswerEvent.Retrieved;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.answer.AnswerEvent.Text;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.conversations.Conversations;
import dev.zhiku.server.conversations.Talk;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.EventStreams;
import dev.zhiku.server.http.EventStreams.Step;
import dev.zhiku.server.http.LateJson;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerText;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /query}: questions over HTTP, answered at once or as a stream of events. */
@Controller("/query")
@Problems
@ExecuteOn(TaskExecutors.BLOCKING)
public final class AnswerController {
  private static final String EVENTS =
      "retrieved, queued, progress, reasoning, text, and at last one of answered, no_evidence, passages,"
          + " failed";
  private static final MediaType PROBLEM = MediaType.of("application/problem+json");

  private final AnswerRuns runs;
  private final RequestBodies bodies;
  private final QuestionReader reader;
  private final Conversations conversations;
  private final JsonMapper json;
  private final LateJson late;

  AnswerController(
      AnswerRuns runs,
      RequestBodies bodies,
      SearchConfig search,
      AnswerConfig answers,
      Conversations conversations,
      JsonMapper json,
      LateJson late) {
    this.runs = runs;
    this.bodies = bodies;
    this.reader = new QuestionReader(search, answers);
    this.conversations = conversations;
    this.json = json;
    this.late = late;
  }

  /** Asks; the answer is one JSON document, or a stream where the client accepts one. */
  @Operation(
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = QuestionBody.class))))
  @ApiResponse(
      responseCode = "200",
      description =
          "the answer, or that there is no evidence for one; as a stream, its events. JSON that is"
              + " not there after 20 s begins with blanks, and what goes wrong later is told by a"
              + " problem document with this status",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = QueryResponse.class)),
        @Content(
            mediaType = MediaType.TEXT_EVENT_STREAM,
            schema = @Schema(type = "string", description = EVENTS))
      })
  @Post(
      consumes = MediaType.APPLICATION_JSON,
      produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
  HttpResponse<?> ask(HttpRequest<?> request) throws InterruptedException {
    refuseOtherCharsets(request);
    Scope scope = RequestScope.of(request);
    runs.requirePlace(scope);
    Locale locale = AcceptedLanguage.of(request);
    QuestionReader.Asked asked =
        bodies.read(
            request,
            scope.client(),
            QuestionReader.MAX_BODY_BYTES,
            body -> reader.read(body, locale));
    AnswerRun run = start(asked, scope);
    return wantsEvents(request)
        ? EventStreams.response(new RunReader(run, 0, !asked.detach()))
        : late.response(request, new RunReply(run, !asked.detach(), AnswerController::response));
  }

  private AnswerRun start(QuestionReader.Asked asked, Scope scope) throws InterruptedException {
    if (asked.in().isEmpty()) {
      return runs.start(asked.question(), scope, asked.detach());
    }
    QuestionReader.InConversation place = asked.in().get();
    Talk talk = conversations.talk(scope, place.id(), place.from());
    Question question = asked.after(talk.history());
    return runs.start(
        question,
        scope,
        asked.detach(),
        new TurnRecorder(talk, question, json, InstantSource.system()));
  }

  /** A detached query: its answer, or how far it is. */
  @ApiResponse(
      responseCode = "200",
      description = "the answer, or what there is of it so far",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(oneOf = {QueryResponse.class, RunningAnswer.class})))
  @Get("/{id}")
  HttpResponse<?> look(@PathVariable String id, HttpRequest<?> request) {
    AnswerRun run = runs.find(id, RequestScope.of(request));
    Optional<Terminal> terminal = run.terminal();
    return terminal.isPresent() ? response(terminal.get()) : HttpResponse.ok(running(id, run));
  }

  /** The events of a detached query, from the one after {@code Last-Event-ID} on. */
  @ApiResponse(
      responseCode = "200",
      description = "the events",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM,
              schema = @Schema(type = "string", description = EVENTS)))
  @Get(uri = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM)
  HttpResponse<?> follow(
      @PathVariable String id,
      @Header("Last-Event-ID") @Nullable String last,
      HttpRequest<?> request) {
    AnswerRun run = runs.find(id, RequestScope.of(request));
    return EventStreams.response(new RunReader(run, place(last), false));
  }

  /** Stops a detached query. */
  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  void stop(@PathVariable String id, HttpRequest<?> request) {
    runs.find(id, RequestScope.of(request)).stop();
  }

  private static HttpResponse<?> response(Terminal terminal) {
    return switch (terminal) {
      case Answered answered -> HttpResponse.ok(WireMapping.response(answered.answer()));
      case NoEvidence none -> HttpResponse.ok(WireMapping.response(none.answer()));
      case PassagesOnly passages -> HttpResponse.ok(WireMapping.response(passages.answer()));
      case Failed failed -> {
        FailedAnswer body = FailedAnswer.of(failed);
        yield HttpResponse.status(HttpStatus.valueOf(body.status()))
            .contentType(PROBLEM)
            .body(body);
      }
    };
  }

  private static RunningAnswer running(String id, AnswerRun run) {
    StringBuilder text = new StringBuilder();
    List<QueryResponse.Passage> passages = List.of();
    for (AnswerEvent event : run.events()) {
      if (event instanceof Text part) {
        text.append(part.text());
      } else if (event instanceof AnswerEvent.Withdrawn) {
        text.setLength(0);
      } else if (event instanceof Retrieved retrieved) {
        passages = WireMapping.passages(retrieved.passages());
      }
    }
    return new RunningAnswer(id, "running", text.toString(), passages);
  }

  private static boolean wantsEvents(HttpRequest<?> request) {
    return request.accept().stream()
        .filter(
            type ->
                type.matchesExtension(MediaType.TEXT_EVENT_STREAM)
                    || type.getName().equals(MediaType.TEXT_EVENT_STREAM)
                    || type.getName().equals(MediaType.APPLICATION_JSON))
        .findFirst()
        .map(type -> type.getName().equals(MediaType.TEXT_EVENT_STREAM))
        .orElse(false);
  }

  private static void refuseOtherCharsets(HttpRequest<?> request) {
    Optional<String> charset =
        request.getContentType().flatMap(type -> type.getParameters().get("charset"));
    if (charset.isPresent() && !isUtf8(charset.get())) {
      throw new Problem(ProblemCode.BODY_NOT_UTF_8, charset.get());
    }
  }

  private static boolean isUtf8(String charset) {
    String name = charset.replace("\"", "").strip();
    try {
      return Charset.forName(name).equals(StandardCharsets.UTF_8)
          || Charset.forName(name).equals(StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int place(@Nullable String lastEventId) {
    if (lastEventId == null || lastEventId.isBlank()) {
      return 0;
    }
    if (!lastEventId.matches("[0-9]{1,9}")) {
      throw new Problem(
          ProblemCode.VALUE_OUT_OF_RANGE, "Last-Event-ID", ServerText.of("rule.event-id"));
    }
    return Integer.parseInt(lastEventId);
  }

  /** Reads the events of a run, one after the other. */
  private final class RunReader implements EventStreams.Reader {
    private final AnswerRun run;
    private final boolean owner;
    private int place;

    /**
     * @param owner the run ends with its reader
     */
    RunReader(AnswerRun run, int place, boolean owner) {
      this.run = run;
      this.place = place;
      this.owner = owner;
    }

    @Override
    public Step next(Duration patience) throws InterruptedException {
      Step step = run.await(place, patience, this::write);
      if (step instanceof Step.Next) {
        place++;
      }
      return step;
    }

    private Step write(AnswerEvent event) {
      QueryEvent written = QueryEvent.of(event);
      return new Step.Next(Integer.toString(place + 1), written.name(), toJson(written.data()));
    }

    private String toJson(Object value) {
      try {
        return json.writeValueAsString(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      if (owner) {
        run.stop();
      }
    }
  }
}
