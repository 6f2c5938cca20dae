package dev.zhiku.server.openai.completions;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The fields of a request that are read; others are ignored.
 *
 * @param model {@code zhiku} (if absent), {@code zhiku/} and the name of a source, or {@code
 *     zhiku-chat}
 * @param prompt the question, or a conversation whose lines begin with {@code user:} and {@code
 *     assistant:}
 * @param stream whether the answer comes in parts
 * @param temperature 0 to 2
 * @param topP above 0, to 1
 * @param maxTokens most tokens of the answer, never more than is configured
 * @param stop a text, or a list of at most 4
 * @param n 1, if given
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@Schema(name = "TextCompletionRequest")
record TextCompletionBody(
    @Nullable String model,
    String prompt,
    @Nullable Boolean stream,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer maxTokens,
    @Nullable String stop,
    @Nullable Integer n) {}
