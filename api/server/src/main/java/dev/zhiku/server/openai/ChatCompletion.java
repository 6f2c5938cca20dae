package dev.zhiku.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.chat.ToolCall;
import dev.zhiku.server.query.QueryResponse;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A completion in one piece. The last three fields are this service's own.
 *
 * @param object always {@code chat.completion}
 * @param created seconds since 1970
 * @param model as the client wrote it
 * @param status {@code answered} or {@code no_evidence}
 * @param citations where the statements of the answer can be checked
 * @param warnings what is to be known beside the answer
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "ChatCompletion")
record ChatCompletion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    Usage usage,
    String status,
    List<QueryResponse.Citation> citations,
    List<QueryResponse.Warning> warnings) {
  ChatCompletion {
    choices = List.copyOf(choices);
    citations = List.copyOf(citations);
    warnings = List.copyOf(warnings);
  }

  /**
   * The one answer.
   *
   * @param index always 0
   * @param logprobs always null
   * @param finishReason {@code stop}, {@code length} or {@code tool_calls}
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ChatCompletionChoice")
  record Choice(int index, Reply message, Optional<String> logprobs, String finishReason) {}

  /**
   * What was said.
   *
   * @param role always {@code assistant}
   * @param refusal always null
   * @param toolCalls what the model asks of the client's tools, if it does
   * @param reasoningContent what the model thought first, if it did
   * @param reasoning the same, under its newer name
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ChatCompletionReply")
  record Reply(
      String role,
      String content,
      Optional<String> refusal,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<Call>> toolCalls,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> reasoningContent,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> reasoning) {
    static Reply of(String content, List<ToolCall> calls, Optional<String> reasoning) {
      return new Reply(
          "assistant", content, Optional.empty(), Call.all(calls), reasoning, reasoning);
    }
  }

  /**
   * A call of a tool.
   *
   * @param index its place among the calls, from 0
   * @param type always {@code function}
   */
  @Serdeable
  @Schema(name = "ChatCompletionToolCall")
  record Call(int index, String id, String type, Function function) {
    /** Empty for none. */
    static Optional<List<Call>> all(List<ToolCall> calls) {
      return calls.isEmpty()
          ? Optional.empty()
          : Optional.of(
              IntStream.range(0, calls.size()).mapToObj(i -> of(i, calls.get(i))).toList());
    }

    private static Call of(int index, ToolCall call) {
      return new Call(index, call.id(), "function", new Function(call.name(), call.arguments()));
    }
  }

  /**
   * What is called.
   *
   * @param arguments a JSON object as a text, as the model wrote it
   */
  @Serdeable
  @Schema(name = "ChatCompletionToolCallFunction")
  record Function(String name, String arguments) {}
}
