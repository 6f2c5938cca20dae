package dev.zhiku.server.openai;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

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
    @Nullable String reasoningEffort) {

  /**
   * A message.
   *
   * @param role {@code system}, {@code developer}, {@code user} or {@code assistant}; those of
   *     tools are left out
   * @param content a text, or a list of parts of type {@code text}
   */
  @Serdeable
  @Schema(name = "ChatCompletionMessage")
  record Said(String role, @Nullable Object content) {}

  /**
   * What a stream tells beside the answer.
   *
   * @param includeUsage whether the last part has the counts of tokens
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "ChatCompletionStreamOptions")
  record Options(@Nullable Boolean includeUsage) {}
}
