package dev.zhiku.server.ollama;

import dev.zhiku.server.http.ClientConnection;
import dev.zhiku.server.http.OllamaError;
import dev.zhiku.server.openai.ClientQuestions;
import dev.zhiku.server.openai.ClientQuestions.Begun;
import dev.zhiku.server.openai.CompletionRequest;
import dev.zhiku.server.openai.ModelName;
import dev.zhiku.server.openai.OpenAiReply.Ending;
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

  private final ClientQuestions questions;
  private final JsonMapper json;

  OllamaChatController(ClientQuestions questions, JsonMapper json) {
    this.questions = questions;
    this.json = json;
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
    CompletionRequest sent = questions.read(request, OllamaReader.MAX_BODY_BYTES, reader);
    ModelName model = questions.model(request, sent.model());
    OllamaForm form = new OllamaForm(OllamaModel.tagged(model), chat);
    if (sent.messages().isEmpty()) {
      return HttpResponse.ok(form.loaded()).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
    CompletionRequest asked = questions.seen(request, sent, model, where -> "images");
    Begun begun = questions.begin(request, asked, model, id -> id);
    return asked.stream() && !begun.failsAtOnce()
        ? HttpResponse.ok(
                new OllamaStream(
                    begun.run(), begun.reply(), form, json, new ClientConnection(request)))
            .contentType(MediaType.of(LINES))
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header("X-Accel-Buffering", "no")
        : questions.whole(request, begun, ending -> whole(ending, form));
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
