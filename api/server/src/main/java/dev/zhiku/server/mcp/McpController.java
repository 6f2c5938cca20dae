package dev.zhiku.server.mcp;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.problem.ProblemText;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.BaseAddress;
import dev.zhiku.server.http.ClientConnection;
import dev.zhiku.server.http.EventStreams;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.query.AnswerRun;
import dev.zhiku.server.query.QuestionReader;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * {@code /mcp}: the Model Context Protocol over HTTP. Nothing is kept between messages, so that a
 * plain POST without session or stream is answered like any other; a session is a name by which a
 * client's calls are told from those of others.
 */
@Controller("/mcp")
@Problems
@Tag(name = "mcp")
@ExecuteOn(TaskExecutors.BLOCKING)
final class McpController {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final int MAX_SESSION_CHARS = 200;

  private final McpMethods methods;
  private final AnswerTools answers;
  private final RequestBodies bodies;
  private final ServerConfig server;
  private final JsonMapper json;
  private final RunningCalls running = new RunningCalls();

  McpController(
      McpMethods methods,
      AnswerTools answers,
      RequestBodies bodies,
      ServerConfig server,
      JsonMapper json) {
    this.methods = methods;
    this.answers = answers;
    this.bodies = bodies;
    this.server = server;
    this.json = json;
  }

  /** Takes one message of JSON-RPC 2.0 and answers it, if it wants an answer. */
  @Operation(
      operationId = "callMcp",
      summary = "One message of the Model Context Protocol",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(type = "object", description = "a JSON-RPC 2.0 message"))))
  @ApiResponse(
      responseCode = "200",
      description =
          "the answer; as a stream, progress and the answer. A notification is taken with 202",
      content = {
        @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")),
        @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(type = "string"))
      })
  @Post(
      consumes = MediaType.APPLICATION_JSON,
      produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
  HttpResponse<?> take(HttpRequest<?> request) throws InterruptedException {
    Scope scope = RequestScope.of(request);
    RpcMessage message;
    try {
      message =
          bodies.read(request, scope.client(), QuestionReader.MAX_BODY_BYTES, RpcMessage::read);
    } catch (RpcFailure e) {
      return unreadable(e);
    } catch (Problem e) {
      return unreadable(failure(e, AcceptedLanguage.of(request)).orElseThrow(() -> e));
    }
    Optional<RpcFailure> version = unknownVersion(request);
    if (version.isPresent()) {
      return HttpResponse.badRequest(message.refusal(version.get()))
          .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
    if (message.id().isEmpty() || message.method().isEmpty()) {
      hear(message, request, scope);
      return HttpResponse.accepted();
    }
    return answer(message, message.method().get(), request, scope);
  }

  private static HttpResponse<?> unreadable(RpcFailure failure) {
    return HttpResponse.badRequest(RpcMessage.refusal(Optional.empty(), failure))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private static Optional<RpcFailure> unknownVersion(HttpRequest<?> request) {
    return request
        .getHeaders()
        .findFirst(VERSION)
        .filter(version -> !ProtocolVersion.ALL.contains(version))
        .map(
            version ->
                new RpcFailure(
                    RpcFailure.INVALID_REQUEST,
                    "The header "
                        + VERSION
                        + " names a version that this server does not speak; it speaks "
                        + String.join(", ", ProtocolVersion.ALL)
                        + "."));
  }

  /** The number for a message that is at fault; empty for anything else. */
  private static Optional<RpcFailure> failure(Problem problem, Locale locale) {
    OptionalInt number =
        switch (problem.code()) {
          case MALFORMED_JSON, BODY_NOT_UTF_8 -> OptionalInt.of(RpcFailure.PARSE);
          case VALUE_OUT_OF_RANGE, UNKNOWN_FIELD -> OptionalInt.of(RpcFailure.INVALID_PARAMS);
          default -> OptionalInt.empty();
        };
    if (number.isEmpty()) {
      return Optional.empty();
    }
    ProblemText text = ProblemText.of(problem.code(), problem.values(), locale);
    return Optional.of(new RpcFailure(number.getAsInt(), text.detail() + " " + text.remedy()));
  }

  /** A client that no longer wants an answer says so; all else that it tells needs no doing. */
  private void hear(RpcMessage message, HttpRequest<?> request, Scope scope) {
    if (message.method().filter("notifications/cancelled"::equals).isPresent()) {
      running.of(scope.principal(), session(request), message.cancelled()).stop();
    }
  }

  private HttpResponse<?> answer(
      RpcMessage message, String method, HttpRequest<?> request, Scope scope)
      throws InterruptedException {
    try {
      if (method.equals("tools/call")) {
        return call(message, request, scope);
      }
      MutableHttpResponse<?> response =
          json(message.answer(methods.result(method, message.params(), scope)));
      return method.equals("initialize")
          ? response.header(SESSION, UUID.randomUUID().toString())
          : response;
    } catch (RpcFailure e) {
      return json(message.refusal(e));
    } catch (Problem e) {
      return json(message.refusal(failure(e, AcceptedLanguage.of(request)).orElseThrow(() -> e)));
    }
  }

  private HttpResponse<?> call(RpcMessage message, HttpRequest<?> request, Scope scope)
      throws InterruptedException {
    JsonFields params = message.params();
    Tool tool = methods.tool(params);
    RunningCalls.Place place = running.of(scope.principal(), session(request), message.id());
    Locale locale = AcceptedLanguage.of(request);
    try {
      ToolCall call =
          new ToolCall(
              McpMethods.arguments(tool, params),
              scope,
              locale,
              BaseAddress.of(server, request),
              new ClientConnection(request),
              place);
      return tool == answers.ask && takesStream(request)
          ? stream(answers.ask, call, message)
          : json(message.answer(tool.call(call).wire(json)));
    } catch (RuntimeException e) {
      return json(message.answer(methods.refused(e, locale)));
    }
  }

  /** Whether a client takes a stream, as every one does that follows the protocol. */
  private static boolean takesStream(HttpRequest<?> request) {
    return request.accept().stream()
        .anyMatch(type -> type.getName().equals(MediaType.TEXT_EVENT_STREAM));
  }

  private HttpResponse<?> stream(AnswerTools.AnswerTool tool, ToolCall call, RpcMessage message)
      throws InterruptedException {
    AnswerRun run = tool.start(call);
    return EventStreams.response(
        new ProgressStream(
            run,
            call.running(),
            McpMethods.progressToken(message.params()),
            end -> message.answer(tool.result(end, call).wire(json)),
            message.answer(methods.refused(new Problem(ProblemCode.SHUTTING_DOWN), call.locale())),
            json));
  }

  private static MutableHttpResponse<?> json(Map<String, Object> body) {
    return HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private static Optional<String> session(HttpRequest<?> request) {
    return request
        .getHeaders()
        .findFirst(SESSION)
        .filter(name -> !name.isBlank() && name.length() <= MAX_SESSION_CHARS);
  }
}
