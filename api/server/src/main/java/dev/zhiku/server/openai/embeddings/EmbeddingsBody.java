package dev.zhiku.server.openai.embeddings;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a client may send; for the description, for {@link EmbeddingsReader} reads it. Other fields
 * are ignored.
 *
 * @param model the name of an embedding model of this service; {@code zhiku-embedding} or a name of
 *     another service for the first of them
 * @param input a text, or a list of 1 to 2,048 texts of at most 32,768 characters; no tokens
 * @param encodingFormat {@code float}, or {@code base64} for 32-bit floats, little-endian
 * @param dimensions the length of the model's vectors, if given
 * @param inputType {@code query} for texts that are searched with, {@code document} (if absent) for
 *     those among which is searched
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@Schema(name = "EmbeddingsRequest")
record EmbeddingsBody(
    @Nullable String model,
    Object input,
    @Nullable String encodingFormat,
    @Nullable Integer dimensions,
    @Nullable String inputType) {}
