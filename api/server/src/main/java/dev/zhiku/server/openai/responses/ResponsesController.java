package dev.zhiku.server.openai.responses;

import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.EventStreams;
import dev.zhiku.server.http.OpenAiError;
import dev.zhiku.server.openai.ClientQuestions;
import dev.zhiku.server.openai.ClientQuestions.Begun;
import dev.zhiku.server.openai.CompletionRequest;
import dev.zhiku.server.openai.Message;
import dev.zhiku.server.openai.Message.Role;
import dev.zhiku.server.openai.ModelName;
import dev.zhiku.server.openai.OpenAiErrors;
import dev.zhiku.server.openai.OpenAiReply;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code /v1/responses}: questions of clients that speak OpenAI's newer protocol. */
@Controller(OpenAiError.PATH + "/responses")
@OpenAiErrors
@Tag(name = "openai")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ResponsesController {
  private final ClientQuestions questions;
  private final JsonMapper json;
  private final ResponseMemory memory;

  ResponsesController(ClientQuestions questions, JsonMapper json, ResponseMemory memory) {
    this.questions = questions;
    this.json = json;
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
    ResponsesRequest asked =
        questions.read(request, ResponsesReader.MAX_BODY_BYTES, ResponsesReader::read);
    ModelName model = questions.model(request, asked.model());
    CompletionRequest completion =
        questions.seen(
            request, asked.completion(asked.said(memory, scope)), model, where -> "input");
    Begun begun =
        questions.begin(
            request,
            completion,
            model,
            ResponseIds::response,
            asked.store() ? keeper(scope, completion.messages()) : event -> {});
    OpenAiReply reply = begun.reply();
    ResponseForm form =
        new ResponseForm(begun.run().id().orElse(""), reply.created(), model.id(), asked);
    return asked.stream() && !begun.failsAtOnce()
        ? EventStreams.response(new ResponseStream(begun.run(), reply, form, json))
        : questions.whole(
            request,
            begun,
            ending ->
                OpenAiReply.response(
                    ending, end -> form.ended(end, end.rest(), end.reasoning().orElse(""))));
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
    List<Message> said =
        before.stream()
            .filter(message -> message.role() != Role.SYSTEM)
            .map(message -> new Message(message.role(), message.text()))
            .collect(Collectors.toCollection(ArrayList::new));
    said.add(new Message(Role.ASSISTANT, answer.text().orElse("")));
    memory.keep(answer.id(), scope, said);
  }
}
