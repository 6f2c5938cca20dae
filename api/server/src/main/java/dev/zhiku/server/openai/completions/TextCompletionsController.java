package dev.zhiku.server.openai.completions;

import dev.zhiku.server.http.OpenAiError;
import dev.zhiku.server.openai.Completions;
import dev.zhiku.server.openai.OpenAiErrors;
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

/** {@code /v1/completions}: questions of clients that know no messages. */
@Controller(OpenAiError.PATH + "/completions")
@OpenAiErrors
@Tag(name = "openai")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TextCompletionsController {
  private final Completions completions;

  TextCompletionsController(Completions completions) {
    this.completions = completions;
  }

  /** Answers the question of a prompt; in one piece, or in parts that stream. */
  @Operation(
      operationId = "createCompletion",
      summary = "Ask by a prompt, as older clients of OpenAI's protocol",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = TextCompletionBody.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the answer; as a stream, its parts and [DONE]",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = TextCompletion.class)),
        @Content(
            mediaType = MediaType.TEXT_EVENT_STREAM,
            schema = @Schema(implementation = TextCompletion.class))
      })
  @Post(
      consumes = MediaType.APPLICATION_JSON,
      produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
  HttpResponse<?> complete(HttpRequest<?> request) throws InterruptedException {
    return completions.answer(
        request, TextCompletionReader::read, "cmpl-", begun -> new PromptForm(begun.reply()));
  }
}
