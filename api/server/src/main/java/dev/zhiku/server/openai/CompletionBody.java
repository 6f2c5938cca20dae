package dev.zhiku.server.openai;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/**
 * The fields of a request that are read; others are ignored.
 *
 * @param model {@code zhiku} (if absent), {@code zhiku/} and the name of a source, or {@code
 *     zhiku-chat}
 * @param messages the conversation; the last one of the user is the question
 * @param stream whether the answer comes in parts
 * @param temperature 0 to 2
 * @param topP above 0, to 1
 * @param frequencyPenalty -2 to 2
 * @param presencePenalty -2 to 2
 * @param maxTokens most tokens of the answer, never more than is configured
 * @param maxCompletionTokens the same, and goes first
 * @param stop a text, or a list of at most 4
 * @param n 1, if given
 * @param tools functions that {@code zhiku-chat} may call, at most 128; ignored elsewhere
 * @param toolChoice {@code auto}, {@code none}, {@code required} or an object that names one
 * @param responseFormat {@code text}, with {@code zhiku-chat} also {@code json_object} and {@code
 *     json_schema}
 * @param reasoningEffort {@code none} or {@code minimal} for none, anything else for reasoning; as
 *     {@code zhiku.generator.reasoning} says if absent
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@Schema(name = "ChatCompletionRequest")
record CompletionBody(
    @Nullable String model,
    List<Said> messages,
    @Nullable Boolean stream,
    @Nullable Options streamOptions,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Double frequencyPenalty,
    @Nullable Double presencePenalty,
    @Nullable Integer maxTokens,
    @Nullable Integer maxCompletionTokens,
    @Nullable Integer seed,
    @Nullable Object stop,
    @Nullable Integer n,
    @Nullable List<Map<String, Object>> tools,
    @Nullable Object toolChoice,
    @Nullable Format responseFormat,
    @Nullable String reasoningEffort) {

  /**
   * A message.
   *
   * @param role {@code system}, {@code developer}, {@code user}, {@code assistant} or {@code tool};
   *     what tools say is left out but with {@code zhiku-chat}
   * @param content a text, or a list of parts of type {@code text} and, in the question, {@code
   *     image_url} with a {@code data:} URL
   * @param toolCalls what an assistant asked of tools
   * @param toolCallId the call that a tool replies to
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "ChatCompletionMessage")
  record Said(
      String role,
      @Nullable Object content,
      @Nullable List<Map<String, Object>> toolCalls,
      @Nullable String toolCallId) {}

  /**
   * The form of the text.
   *
   * @param type {@code text}, {@code json_object} or {@code json_schema}
   * @param jsonSchema its {@code name}, {@code schema} and {@code strict}
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "ChatCompletionFormat")
  record Format(String type, @Nullable Map<String, Object> jsonSchema) {}

  /**
   * What a stream tells beside the answer.
   *
   * @param includeUsage whether the last part has the counts of tokens
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "ChatCompletionStreamOptions")
  record Options(@Nullable Boolean includeUsage) {}
}
