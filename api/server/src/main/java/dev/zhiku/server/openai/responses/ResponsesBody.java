package dev.zhiku.server.openai.responses;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client may send; for the description, for {@link ResponsesReader} reads it. Other fields
 * are ignored.
 *
 * @param model {@code zhiku} (if absent), {@code zhiku/} and the name of a source, or {@code
 *     zhiku-chat}
 * @param input the question, or a list of items of which the last message of the user is the
 *     question
 * @param instructions what the model is told beside it; not carried over to the next answer
 * @param previousResponseId id of an answer to go on from
 * @param store whether one can go on from this answer, true if absent
 * @param stream whether the answer comes in events
 * @param temperature 0 to 2
 * @param topP above 0, to 1
 * @param maxOutputTokens most tokens of the answer, never more than is configured
 * @param reasoning {@code effort}: {@code none} or {@code minimal} for none, anything else for
 *     reasoning
 * @param text {@code format}: {@code text}, with {@code zhiku-chat} also {@code json_object} and
 *     {@code json_schema}
 * @param metadata comes back with the answer
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@Schema(name = "ResponseRequest")
record ResponsesBody(
    @Nullable String model,
    Object input,
    @Nullable String instructions,
    @Nullable String previousResponseId,
    @Nullable Boolean store,
    @Nullable Boolean stream,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer maxOutputTokens,
    @Nullable Map<String, Object> reasoning,
    @Nullable Map<String, Object> text,
    @Nullable Map<String, String> metadata) {}
