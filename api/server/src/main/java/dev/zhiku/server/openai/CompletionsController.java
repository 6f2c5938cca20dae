package dev.zhiku.server.openai;

import dev.zhiku.server.http.OpenAiError;
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
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /v1/chat/completions}: questions of clients that speak OpenAI's protocol. */
@Controller(OpenAiError.PATH + "/chat/completions")
@OpenAiErrors
@Tag(name = "openai")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CompletionsController {
  private final Completions completions;

  CompletionsController(Completions completions) {
    this.completions = completions;
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
    return completions.answer(
        request,
        CompletionReader::read,
        "chatcmpl-",
        begun -> new ChatForm(begun.reply(), begun.locale()));
  }
}
