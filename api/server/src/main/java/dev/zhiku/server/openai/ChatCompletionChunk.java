package dev.zhiku.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.server.openai.webui.WebUiEvent;
import dev.zhiku.server.query.QueryResponse;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A part of a completion that streams. Status, citations and warnings, which are this service's
 * own, come with the part that has the reason why it finished.
 *
 * @param object always {@code chat.completion.chunk}
 * @param created seconds since 1970
 * @param model as the client wrote it
 * @param choices one, or none beside the usage
 * @param event what Open WebUI shows in its own way: how much was found, and the sources
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ChatCompletionChunk")
record ChatCompletionChunk(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    Optional<Usage> usage,
    Optional<String> status,
    Optional<List<QueryResponse.Citation>> citations,
    Optional<List<QueryResponse.Warning>> warnings,
    Optional<WebUiEvent> event) {
  /** What each of them is called. */
  static final String OBJECT = "chat.completion.chunk";

  ChatCompletionChunk {
    choices = List.copyOf(choices);
  }

  /**
   * The one answer, continued.
   *
   * @param index always 0
   * @param logprobs always null
   * @param finishReason null but in the last one
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ChatCompletionChunkChoice")
  record Choice(int index, Delta delta, Optional<String> logprobs, Optional<String> finishReason) {}

  /**
   * What is new.
   *
   * @param role of the first part alone
   * @param toolCalls what the model asks of the client's tools, each whole
   * @param reasoningContent a part of what the model thinks first
   * @param reasoning the same, under its newer name
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  @Schema(name = "ChatCompletionDelta")
  record Delta(
      Optional<String> role,
      Optional<String> content,
      Optional<List<ChatCompletion.Call>> toolCalls,
      Optional<String> reasoningContent,
      Optional<String> reasoning) {
    /** Nothing. */
    static final Delta NONE =
        new Delta(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    static Delta begin() {
      return new Delta(
          Optional.of("assistant"),
          Optional.of(""),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    static Delta content(String part) {
      return new Delta(
          Optional.empty(),
          Optional.of(part),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    static Delta calls(List<ToolCall> calls) {
      return new Delta(
          Optional.empty(),
          Optional.empty(),
          ChatCompletion.Call.all(calls),
          Optional.empty(),
          Optional.empty());
    }

    static Delta reasoning(String part) {
      return new Delta(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(part),
          Optional.of(part));
    }
  }
}
